namespace Cancela.Endpoints;

/// <summary>Body of <c>PUT /users/{id}</c>. What is absent stays as it is.</summary>
/// <param name="Name">The empty text takes the name away.</param>
/// <param name="Email">Not verified yet. One's own, or, for an administrator, anybody's.</param>
/// <param name="Password">One's own only: the new password.</param>
/// <param name="CurrentPassword">Needed for one's own e-mail or password, unless one signed in within the last five minutes.</param>
/// <param name="Role">ADMIN only.</param>
/// <param name="Status">ADMIN only: <c>active</c> or <c>closed</c>.</param>
public sealed record UserUpdateRequest(string? Name, string? Email, string? Password, string? CurrentPassword, string? Role, string? Status);
