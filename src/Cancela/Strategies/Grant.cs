namespace Cancela.Strategies;

/// <summary>What was handed out.</summary>
/// <param name="SessionId">The sign-in that it belongs to.</param>
/// <param name="Credential">The session ID or the access token.</param>
/// <param name="ExpiresAt">When the credential expires.</param>
/// <param name="Scope">What it permits, separated by spaces.</param>
/// <param name="RefreshToken">Where the strategy has one and it is new.</param>
internal sealed record Grant(Guid SessionId, string Credential, DateTimeOffset ExpiresAt, string Scope, string? RefreshToken = null);
