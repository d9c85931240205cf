namespace Cancela.Endpoints;

/// <summary>Body of <c>POST /auth/password/change</c>.</summary>
public sealed record PasswordChangeRequest(string? CurrentPassword, string? NewPassword);
