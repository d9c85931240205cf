using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Cancela.Tokens;

/// <summary>RS256 and PS256 (RFC 7518 sections 3.3 and 3.5), to verify what others signed.</summary>
internal sealed class RsaScheme : SignatureScheme
{
    /// <summary>RFC 7518 section 3.3: "A key of size 2048 bits or larger MUST be used". The providers of sign-in use that size.</summary>
    public const int MinimumBits = 2048;

    /// <summary>Beyond this a verification costs milliseconds, which a stranger's key must not.</summary>
    public const int MaximumBits = 8192;

    private static readonly byte[] UsualExponent = [1, 0, 1];
    private readonly RSAParameters _key;
    private readonly RSASignaturePadding _padding;
    private readonly ThreadLocal<RSA> _rsa;

    /// <exception cref="CryptographicException">These numbers are no RSA key.</exception>
    /// <exception cref="ArgumentException">Too small, too large, an unusual exponent, or not an RSA algorithm.</exception>
    public RsaScheme(SigningAlgorithm algorithm, RSAParameters key)
    {
        Algorithm = algorithm;
        _padding = algorithm switch
        {
            SigningAlgorithm.RS256 => RSASignaturePadding.Pkcs1,
            SigningAlgorithm.PS256 => RSASignaturePadding.Pss,
            _ => throw new ArgumentException("An RSA key serves RS256 or PS256.", nameof(algorithm)),
        };
        if (key.Exponent is null || !key.Exponent.AsSpan().SequenceEqual(UsualExponent))
            throw new ArgumentException("An RSA key's public exponent is 65537.", nameof(key));
        _key = new RSAParameters { Modulus = key.Modulus, Exponent = key.Exponent };
        _rsa = new ThreadLocal<RSA>(() => RSA.Create(_key), trackAllValues: true);
        var bits = _rsa.Value!.KeySize;
        if (bits is < MinimumBits or > MaximumBits)
            throw new ArgumentException($"An RSA key has {MinimumBits} to {MaximumBits} bits; this one has {bits}.", nameof(key));
        SignatureLength = (bits + 7) / 8;
    }

    public override SigningAlgorithm Algorithm { get; }

    public override int SignatureLength { get; }

    public override bool Verify(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength && _rsa.Value!.VerifyData(input, signature, HashAlgorithmName.SHA256, _padding);

    public override string DeriveKeyId() => JsonWebKey.Thumbprint(
        $$"""{"e":"{{Base64Url.EncodeToString(_key.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(_key.Modulus)}}"}""");

    public override bool TryWriteJwkMembers(Utf8JsonWriter json)
    {
        json.WriteString("kty"u8, "RSA"u8);
        json.WriteString("n"u8, Base64Url.EncodeToString(_key.Modulus));
        json.WriteString("e"u8, Base64Url.EncodeToString(_key.Exponent));
        return true;
    }

    public override void Dispose()
    {
        foreach (var rsa in _rsa.Values) rsa.Dispose();
        _rsa.Dispose();
    }
}
