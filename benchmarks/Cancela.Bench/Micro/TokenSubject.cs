using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cancela.Tokens;

namespace Cancela.Bench.Micro;

/// <summary>A kind of token, and all that reads and writes it: one key, tokens that differ, a text that comes again and again.</summary>
internal sealed class TokenSubject
{
    // Twice as many as are remembered: whichever comes, it was forgotten since it came last.
    private const int Remembered = 1_024;
    private const int Different = 2 * Remembered;
    private const int Copies = 4 * Remembered;

    private readonly byte[] _buffer = new byte[CompactToken.MaximumLength];
    private readonly byte[] _json = new byte[CompactToken.MaximumLength];
    private readonly Func<byte[], int, int, bool> _isSigned;
    private readonly Func<byte[], int, bool> _sign;
    private readonly KeyRing _ring;
    private readonly TokenReader _reader;
    private readonly TokenReader _forgetful;
    private readonly TokenWriter _writer;
    private readonly TokenClaims _claims;
    private readonly string[] _different;
    private readonly string[] _copies;
    private int _nextToken;
    private int _nextCopy;

    private TokenSubject(KeyRing ring, TokenClaims claims, Func<byte[], int, int, bool> isSigned, Func<byte[], int, bool> sign)
    {
        (_ring, _claims, _isSigned, _sign) = (ring, claims, isSigned, sign);
        var (keys, options) = (new Keys(ring), new TokenOptions { CacheCapacity = Remembered });
        _reader = new TokenReader(options, keys, TimeProvider.System);
        _forgetful = new TokenReader(options with { CacheCapacity = 0 }, keys, TimeProvider.System);
        _writer = new TokenWriter(options, keys);
        Token = _writer.Write(claims);
        _different = [.. Enumerable.Range(0, Different).Select(_ => _writer.Write(claims with { TokenId = Guid.CreateVersion7() }))];
        _copies = [.. Enumerable.Range(0, Copies).Select(_ => new string(Token.AsSpan()))];
    }

    public string Token { get; }

    public static TokenSubject Hs256(TokenClaims claims)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var (mac, given) = (new byte[32], new byte[32]);
        return new(
            new KeyRing([SigningKey.FromSecret(secret, TimeProvider.System.GetUtcNow())]), claims,
            (token, dot, length) =>
            {
                HMACSHA256.HashData(secret, token.AsSpan(0, dot), mac);
                Base64Url.DecodeFromUtf8(token.AsSpan(dot + 1, length - dot - 1), given);
                return CryptographicOperations.FixedTimeEquals(mac, given);
            },
            (token, dot) => HMACSHA256.HashData(secret, token.AsSpan(0, dot), mac) == mac.Length);
    }

    public static TokenSubject Es256(TokenClaims claims)
    {
        var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (signature, given) = (new byte[64], new byte[64]);
        return new(
            new KeyRing([SigningKey.ImportMaterial(SigningAlgorithm.ES256, pair.ExportPkcs8PrivateKey(), TimeProvider.System.GetUtcNow())]), claims,
            (token, dot, length) =>
            {
                Base64Url.DecodeFromUtf8(token.AsSpan(dot + 1, length - dot - 1), given);
                return pair.VerifyData(token.AsSpan(0, dot), given, HashAlgorithmName.SHA256);
            },
            (token, dot) => pair.TrySignData(token.AsSpan(0, dot), signature, HashAlgorithmName.SHA256, out _));
    }

    /// <summary>The signature over the same text by the platform's arithmetic alone: what no reader can leave out.</summary>
    public bool Verify()
    {
        var dot = Token.LastIndexOf('.');
        Ascii.FromUtf16(Token, _buffer, out var length);
        return _isSigned(_buffer, dot, length);
    }

    /// <summary>The same, of signing.</summary>
    public bool Sign()
    {
        Ascii.FromUtf16(Token, _buffer, out _);
        return _sign(_buffer, Token.LastIndexOf('.'));
    }

    /// <summary>All checks, the claims parsed, nothing remembered.</summary>
    public bool Check()
    {
        CompactToken.TryCopy(Token, _buffer, out var ascii);
        return _forgetful.Check(ascii, _json, new TokenQuestion(_ring, _claims.Type, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()), out var claims, out _) is null
            && claims.ExpiresAt > 0;
    }

    /// <summary>A token that is not remembered, because they come in one order only: what was read is remembered, and another is forgotten for it.</summary>
    public bool ReadAnother() => IsValid(_different[_nextToken++ & (Different - 1)]);

    /// <summary>The text that was read before, in another string: on another connection.</summary>
    public bool ReadCopy() => IsValid(_copies[_nextCopy++ & (Copies - 1)]);

    /// <summary>The very string that was read before: on a connection that is kept.</summary>
    public bool ReadAgain() => IsValid(Token);

    public string Write() => _writer.Write(_claims);

    private bool IsValid(string token) => _reader.Read(token, _claims.Type) is TokenReading.Valid;
}
