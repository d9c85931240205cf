namespace Cancela.Tokens;

/// <summary>A token that was verified, with what has to be asked about it again.</summary>
internal sealed record VerifiedToken(TokenReading.Valid Reading, SigningKey Key, long NotBefore);
