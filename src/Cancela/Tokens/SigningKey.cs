using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cancela.Tokens;

/// <summary>
/// A key with its name and the one algorithm that it is good for. Immutable, and safe for use by many threads.
/// </summary>
/// <remarks>Its string form is its name and algorithm: the secret is never printed.</remarks>
public sealed class SigningKey
{
    private readonly SignatureScheme _scheme;
    private readonly byte[] _accessHeader;
    private readonly byte[] _refreshHeader;

    internal SigningKey(SignatureScheme scheme, DateTimeOffset createdAt, string? keyId = null)
    {
        _scheme = scheme;
        KeyId = keyId ?? scheme.DeriveKeyId();
        CreatedAt = createdAt;
        _accessHeader = EncodeHeader("at+jwt");
        _refreshHeader = EncodeHeader("rt+jwt");
    }

    /// <summary>
    /// Header <c>kid</c>. Derived from the key, so that every node calls it the same: the RFC 7638 thumbprint of a public
    /// key, 16 characters made with HMAC of a secret. A key read from a JWK keeps the name it has there.
    /// </summary>
    public string KeyId { get; }

    /// <summary>The algorithm that it is pinned to.</summary>
    public SigningAlgorithm Algorithm => _scheme.Algorithm;

    /// <summary>When it was made. The newest key signs.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>False for a public key, which only verifies.</summary>
    public bool CanSign => _scheme.CanSign;

    /// <summary>An HS256 key made of a secret.</summary>
    /// <param name="secret">At least 32 random bytes.</param>
    /// <param name="createdAt">When the secret was made.</param>
    /// <exception cref="ArgumentException">The secret is shorter than 32 bytes (RFC 7518 section 3.2).</exception>
    public static SigningKey FromSecret(ReadOnlySpan<byte> secret, DateTimeOffset createdAt) => new(new HmacScheme(secret), createdAt);

    /// <summary>A new random key: 32 bytes for HS256, a P-256 pair for ES256.</summary>
    /// <param name="algorithm">HS256 or ES256.</param>
    /// <param name="createdAt">Now.</param>
    /// <exception cref="ArgumentException">The algorithm is one that Cancela does not issue.</exception>
    public static SigningKey Generate(SigningAlgorithm algorithm, DateTimeOffset createdAt) => algorithm switch
    {
        SigningAlgorithm.HS256 => FromSecret(RandomNumberGenerator.GetBytes(HmacScheme.MinimumSecretLength), createdAt),
        SigningAlgorithm.ES256 => new SigningKey(EcdsaScheme.Generate(), createdAt),
        _ => throw NotIssued(algorithm),
    };

    /// <summary>A public key that others publish, to verify what they signed.</summary>
    /// <param name="jwk">One JSON Web Key (RFC 7517): EC on P-256, or RSA of 2048 bits or more with its <c>alg</c>.</param>
    /// <param name="readAt">When it was fetched: it becomes <see cref="CreatedAt"/>.</param>
    /// <param name="key">The key; null when it is refused.</param>
    /// <param name="fault">Why it is refused, for a log; null when it is not.</param>
    public static bool TryFromJwk(
        ReadOnlySpan<byte> jwk, DateTimeOffset readAt, [NotNullWhen(true)] out SigningKey? key, [NotNullWhen(false)] out string? fault) =>
        JsonWebKey.TryRead(jwk, readAt, out key, out fault);

    /// <summary>The key again, from what <see cref="ExportMaterial"/> gave. It has the same <see cref="KeyId"/>.</summary>
    /// <exception cref="CryptographicException">The bytes are no such key.</exception>
    /// <exception cref="ArgumentException">The key is too short or on another curve, or the algorithm is not one that Cancela issues.</exception>
    internal static SigningKey ImportMaterial(SigningAlgorithm algorithm, ReadOnlySpan<byte> material, DateTimeOffset createdAt) => algorithm switch
    {
        SigningAlgorithm.HS256 => FromSecret(material, createdAt),
        SigningAlgorithm.ES256 => new SigningKey(EcdsaScheme.FromPkcs8(material), createdAt),
        _ => throw NotIssued(algorithm),
    };

    /// <summary>The secret itself, or the private key as PKCS#8: to be wrapped (<see cref="KeyWrap"/>), stored, and cleared.</summary>
    /// <exception cref="InvalidOperationException">The key only verifies.</exception>
    internal byte[] ExportMaterial() => _scheme.ExportMaterial();

    internal int SignatureLength => _scheme.SignatureLength;

    internal bool Verify(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature) => _scheme.Verify(input, signature);

    internal void Sign(ReadOnlySpan<byte> input, Span<byte> signature) => _scheme.Sign(input, signature);

    /// <summary>The first part of each token of that type which this key signs, as it stands in the token.</summary>
    internal ReadOnlySpan<byte> HeaderOf(TokenType type) => type == TokenType.Access ? _accessHeader : _refreshHeader;

    internal void WriteJwk(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (_scheme.TryWriteJwkMembers(json))
        {
            json.WriteString("kid"u8, KeyId);
            json.WriteString("alg"u8, Algorithm.ToString());
            json.WriteString("use"u8, "sig"u8);
        }
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Algorithm} {KeyId}";

    private byte[] EncodeHeader(string type) => Base64Url.EncodeToUtf8(
        Encoding.UTF8.GetBytes($$"""{"alg":"{{Algorithm}}","typ":"{{type}}","kid":"{{JsonEncodedText.Encode(KeyId)}}"}"""));

    private static ArgumentException NotIssued(SigningAlgorithm algorithm) =>
        new($"Cancela issues HS256 and ES256. {algorithm} is only verified.", nameof(algorithm));
}
