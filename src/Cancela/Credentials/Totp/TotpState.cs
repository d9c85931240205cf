namespace Cancela.Credentials.Totp;

/// <summary>Whether an account has an authenticator app.</summary>
/// <param name="ConfirmedAt">Since when, or <see langword="null"/>: it has none.</param>
/// <param name="LastUsedAt">The step of the last code that counted, as an instant.</param>
internal sealed record TotpState(DateTimeOffset? ConfirmedAt, DateTimeOffset? LastUsedAt);
