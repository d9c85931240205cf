namespace Cancela.Tokens;

/// <summary>What a text is asked: is it, for the keys of this moment, a token of that type?</summary>
/// <param name="Ring">The keys.</param>
/// <param name="Expected">The type asked for.</param>
/// <param name="Now">Seconds since 1970.</param>
internal readonly record struct TokenQuestion(KeyRing Ring, TokenType Expected, long Now)
{
    /// <summary>How far ahead of our clock an issuer's may be (<c>iat</c>, <c>nbf</c>). <c>exp</c> has no leeway.</summary>
    public const int ClockSkewSeconds = 30;

    public bool IsAfter(long expiresAt) => Now >= expiresAt;

    public bool IsBefore(long issuedAt, long notBefore) => Math.Max(issuedAt, notBefore) - ClockSkewSeconds > Now;
}
