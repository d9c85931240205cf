using System.Runtime.CompilerServices;
using System.Text;
using Cancela.Caching;

namespace Cancela.Tokens;

/// <summary>
/// Reads tokens of ours: signature first, then type, issuer, audience, subject and time. One reader serves both types.
/// </summary>
/// <remarks>
/// It remembers what it has verified, by the SHA-256 of the text. A memory saves the arithmetic and decides nothing: the key
/// and the times are asked about again on each reading, and revocation is asked about by the gate.
/// </remarks>
internal sealed partial class TokenReader(TokenOptions options, Keys keys, TimeProvider clock)
{
    /// <summary>How far ahead of our clock an issuer's may be (<c>iat</c>, <c>nbf</c>). <c>exp</c> has no leeway.</summary>
    public const int ClockSkewSeconds = 30;

    private readonly byte[] _issuer = Encoding.UTF8.GetBytes(options.Issuer);
    private readonly byte[] _audience = Encoding.UTF8.GetBytes(options.Audience);
    private readonly BoundedCache<TokenHash, VerifiedToken>? _verified = options.CacheCapacity > 0 ? new(options.CacheCapacity) : null;

    /// <summary>How many verified tokens are remembered now.</summary>
    public int Remembered => _verified?.Count ?? 0;

    /// <summary>What the text is, where a token of that type is expected.</summary>
    [SkipLocalsInit]
    public TokenReading Read(string token, TokenType expected)
    {
        Span<byte> buffer = stackalloc byte[CompactToken.MaximumLength];
        if (!CompactToken.TryCopy(token, buffer, out var ascii)) return Refusals.NotAToken;
        var ring = keys.Current;
        if (_verified is null) return ReadAfresh(ascii, ring, expected, out _);

        var hash = TokenHash.Of(ascii);
        if (_verified.TryGet(hash, out var known)) return ReadAgain(known, hash, ring, expected);
        var reading = ReadAfresh(ascii, ring, expected, out var verified);
        if (verified is not null) _verified.Set(hash, verified);
        return reading;
    }

    /// <summary>All checks, without the memory and without allocating.</summary>
    /// <param name="ascii">The token's text.</param>
    /// <param name="json">Takes the decoded claims: the view lies in it.</param>
    /// <param name="ring">The keys.</param>
    /// <param name="expected">The type asked for.</param>
    /// <param name="claims">What it says.</param>
    /// <param name="key">The key that signed it.</param>
    /// <returns>Why not; null when the token is valid.</returns>
    internal TokenReading? Check(
        ReadOnlySpan<byte> ascii, Span<byte> json, KeyRing ring, TokenType expected, out ClaimView claims, out SigningKey? key)
    {
        claims = default;
        key = null;
        if (!CompactToken.TrySplit(ascii, out var token)) return Refusals.NotAToken;
        if (FindKey(token.Header, ring, out key, out var headerType) is { } unknown) return unknown;
        if (!JsonWebSignature.IsSignedBy(key!, token)) return Refusals.Forged;
        if (!StrictBase64Url.TryDecode(token.Payload, json, out var length) || !ClaimView.TryParse(json[..length], out claims)) return Refusals.BadClaims;
        return CheckMeaning(claims, headerType, expected) ?? CheckTimes(claims.IssuedAt, claims.NotBefore, claims.ExpiresAt);
    }

    [SkipLocalsInit]
    private TokenReading ReadAfresh(ReadOnlySpan<byte> ascii, KeyRing ring, TokenType expected, out VerifiedToken? verified)
    {
        verified = null;
        Span<byte> json = stackalloc byte[CompactToken.MaximumLength];
        if (Check(ascii, json, ring, expected, out var claims, out var key) is { } refusal) return refusal;
        verified = new VerifiedToken(new TokenReading.Valid(claims.ToClaims(key!.KeyId)), key, claims.NotBefore);
        return verified.Reading;
    }

    private TokenReading ReadAgain(VerifiedToken known, in TokenHash hash, KeyRing ring, TokenType expected)
    {
        var claims = known.Reading.Claims;
        var refusal = !ring.Holds(known.Key) ? Refusals.ForMissingKey(ring.IsRetired(claims.KeyId))
            : claims.Type != expected ? Refusals.ForWrongType(expected)
            : CheckTimes(claims.IssuedAt, known.NotBefore, claims.ExpiresAt);
        if (refusal is null) return known.Reading;
        if (refusal is not TokenReading.WrongType) _verified!.Remove(hash);
        return refusal;
    }

    [SkipLocalsInit]
    private static TokenReading? FindKey(ReadOnlySpan<byte> encodedHeader, KeyRing ring, out SigningKey? key, out TokenType? type)
    {
        if (ring.TryRecognise(encodedHeader, out key, out var known))
        {
            type = known;
            return null;
        }
        type = null;
        Span<byte> json = stackalloc byte[CompactToken.MaximumLength];
        if (!StrictBase64Url.TryDecode(encodedHeader, json, out var length) || !JoseHeader.TryParse(json[..length], out var header))
            return Refusals.BadHeader;
        key = ring.Find(header, out var retired);
        if (key is null) return Refusals.ForMissingKey(retired);
        type = header.TokenType;
        return header.Names(key.Algorithm) ? null : Refusals.WrongAlgorithm;
    }

    private TokenReading? CheckMeaning(in ClaimView claims, TokenType? headerType, TokenType expected)
    {
        if (claims.Type != expected) return Refusals.ForWrongType(expected);
        if (claims.Type != headerType) return Refusals.WrongTyp;
        if (!claims.IsIssuedBy(_issuer)) return Refusals.WrongIssuer;
        if (!claims.IsFor(_audience)) return Refusals.WrongAudience;
        if (!claims.HasSubject) return Refusals.NoSubject;
        return claims.IsComplete ? null : Refusals.Incomplete;
    }

    private TokenReading? CheckTimes(long issuedAt, long notBefore, long expiresAt)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (now >= expiresAt) return Refusals.Expired;
        return Math.Max(issuedAt, notBefore) - ClockSkewSeconds > now ? Refusals.NotYet : null;
    }
}
