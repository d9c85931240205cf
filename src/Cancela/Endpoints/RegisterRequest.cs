namespace Cancela.Endpoints;

/// <summary>Body of <c>POST /register</c>. Unknown members, <c>role</c> among them, are ignored.</summary>
/// <param name="Email">At most 254 bytes.</param>
/// <param name="Password">8 to 128 characters, any Unicode, not a common one.</param>
/// <param name="Name">At most 200 characters.</param>
public sealed record RegisterRequest(string? Email, string? Password, string? Name);
