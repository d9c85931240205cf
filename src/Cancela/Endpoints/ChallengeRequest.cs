namespace Cancela.Endpoints;

/// <summary>Body of <c>POST /auth/login/second-factor/totp</c>.</summary>
public sealed record ChallengeRequest(string? Challenge);
