namespace Cancela.Endpoints;

/// <summary>Body of <c>POST /auth/login/second-factor</c>: the challenge, and one of the two codes.</summary>
public sealed record SecondFactorRequest(string? Challenge, string? Code, string? RecoveryCode);
