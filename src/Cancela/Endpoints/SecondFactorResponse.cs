namespace Cancela.Endpoints;

/// <summary>One's own second factor.</summary>
/// <param name="Enabled">Whether a sign-in needs a code of an authenticator app.</param>
/// <param name="EnabledAt">Since when.</param>
/// <param name="LastUsedAt">The last code that counted.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are left.</param>
public sealed record SecondFactorResponse(bool Enabled, DateTimeOffset? EnabledAt, DateTimeOffset? LastUsedAt, int RecoveryCodesLeft);
