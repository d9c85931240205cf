namespace Cancela.Endpoints;

/// <summary>Body of <c>POST /auth/totp/confirm</c>.</summary>
public sealed record CodeRequest(string? Code);
