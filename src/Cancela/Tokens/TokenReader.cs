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
    private const int MostOfTheSame = 1_024;

    private readonly byte[] _issuer = Encoding.UTF8.GetBytes(options.Issuer);
    private readonly byte[] _audience = Encoding.UTF8.GetBytes(options.Audience);
    private readonly BoundedCache<Digest, VerifiedToken>? _verified = options.CacheCapacity > 0 ? new(options.CacheCapacity) : null;
    private readonly ByIdentity<string, VerifiedToken> _same = new(MostOfTheSame);

    /// <summary>How many verified tokens are remembered now.</summary>
    public int Remembered => _verified?.Count ?? 0;

    /// <summary>What the text is, where a token of that type is expected.</summary>
    public TokenReading Read(string token, TokenType expected)
    {
        var question = new TokenQuestion(keys.Current, expected, clock.GetUtcNow().ToUnixTimeSeconds());
        return _same.Find(token) is { } known && question.Ring.Holds(known.Key) ? ReadAgain(known, question) : ReadText(token, question);
    }

    [SkipLocalsInit]
    private TokenReading ReadText(string token, TokenQuestion question)
    {
        Span<byte> buffer = stackalloc byte[CompactToken.MaximumLength];
        if (!CompactToken.TryCopy(token, buffer, out var ascii)) return Refusals.NotAToken;
        if (_verified is null) return ReadAfresh(ascii, question, out _);

        var hash = Digest.Of(ascii);
        if (_verified.TryGet(hash, out var known))
        {
            if (question.Ring.Holds(known.Key))
            {
                var again = ReadAgain(known, question);
                if (again is TokenReading.Valid) _same.Put(token, known);
                else if (again is TokenReading.Expired) _verified.Remove(hash);
                return again;
            }
            // Another ring: it may have the same key under another object, another key, or none. Only a fresh reading can tell.
            _verified.Remove(hash);
        }
        var reading = ReadAfresh(ascii, question, out var verified);
        if (verified is not null) _verified.Set(hash, verified);
        return reading;
    }

    /// <summary>All checks except the times, without the memory and without allocating.</summary>
    /// <param name="ascii">The token's text.</param>
    /// <param name="json">Takes the decoded claims: the view lies in it.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="claims">What it says.</param>
    /// <param name="key">The key that signed it.</param>
    /// <returns>Why not; null when the token is ours, and valid if this is its time.</returns>
    internal TokenReading? Check(ReadOnlySpan<byte> ascii, Span<byte> json, TokenQuestion question, out ClaimView claims, out SigningKey? key)
    {
        claims = default;
        key = null;
        if (!CompactToken.TrySplit(ascii, out var token)) return Refusals.NotAToken;
        if (FindKey(token.Header, question.Ring, out key, out var headerType) is { } unknown) return unknown;
        if (!JsonWebSignature.IsSignedBy(key!, token)) return Refusals.Forged;
        if (!StrictBase64Url.TryDecode(token.Payload, json, out var length) || !ClaimView.TryParse(json[..length], out claims)) return Refusals.BadClaims;

        if (claims.Type != question.Expected) return Refusals.ForWrongType(question.Expected);
        if (claims.Type != headerType) return Refusals.WrongTyp;
        if (!claims.IsIssuedBy(_issuer)) return Refusals.WrongIssuer;
        if (!claims.IsFor(_audience)) return Refusals.WrongAudience;
        if (!claims.HasSubject) return Refusals.NoSubject;
        return claims.IsComplete ? null : Refusals.Incomplete;
    }

    [SkipLocalsInit]
    private TokenReading ReadAfresh(ReadOnlySpan<byte> ascii, TokenQuestion question, out VerifiedToken? verified)
    {
        verified = null;
        Span<byte> json = stackalloc byte[CompactToken.MaximumLength];
        if (Check(ascii, json, question, out var view, out var key) is { } refusal) return refusal;
        var claims = view.ToClaims(key!.KeyId);
        if (question.IsBefore(claims.IssuedAt, view.NotBefore)) return new TokenReading.NotYet(claims);
        if (question.IsAfter(claims.ExpiresAt)) return new TokenReading.Expired(claims);
        verified = new VerifiedToken(new TokenReading.Valid(claims), key, view.NotBefore);
        return verified.Reading;
    }

    private static TokenReading ReadAgain(VerifiedToken known, TokenQuestion question)
    {
        var claims = known.Reading.Claims;
        if (claims.Type != question.Expected) return Refusals.ForWrongType(question.Expected);
        if (question.IsBefore(claims.IssuedAt, known.NotBefore)) return new TokenReading.NotYet(claims);
        return question.IsAfter(claims.ExpiresAt) ? new TokenReading.Expired(claims) : known.Reading;
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
}
