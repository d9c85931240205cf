using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Cancela.Tokens;

/// <summary>ES256 (RFC 7518 section 3.4): ECDSA on P-256, the signature as r and s of 32 bytes each.</summary>
internal sealed class EcdsaScheme : SignatureScheme
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private readonly ECParameters _key;

    // The platform does not promise that one ECDsa may serve several threads at once: each has its own.
    private readonly ThreadLocal<ECDsa> _ecdsa;

    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    /// <exception cref="ArgumentException">The curve is not P-256.</exception>
    public EcdsaScheme(ECParameters key)
    {
        // Named by its identifier: explicit parameters could hide another curve behind the same size (RFC 8725 section 3.4).
        if (!key.Curve.IsNamed || key.Curve.Oid.Value != P256) throw new ArgumentException("An ES256 key lies on the curve P-256.", nameof(key));
        _key = key;
        _ecdsa = new ThreadLocal<ECDsa>(() => ECDsa.Create(_key), trackAllValues: true);
        _ = _ecdsa.Value;
    }

    public static EcdsaScheme Generate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new EcdsaScheme(key.ExportParameters(includePrivateParameters: true));
    }

    /// <exception cref="CryptographicException">Not a PKCS#8 private key.</exception>
    public static EcdsaScheme FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out var read);
        if (read != pkcs8.Length) throw new CryptographicException("There is more than one private key.");
        return new EcdsaScheme(key.ExportParameters(includePrivateParameters: true));
    }

    public override SigningAlgorithm Algorithm => SigningAlgorithm.ES256;

    public override int SignatureLength => 64;

    public override bool CanSign => _key.D is not null;

    public override bool Verify(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength
        && _ecdsa.Value!.VerifyData(input, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public override void Sign(ReadOnlySpan<byte> input, Span<byte> signature)
    {
        if (!CanSign) base.Sign(input, signature);
        _ecdsa.Value!.SignData(input, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public override byte[] ExportMaterial() => CanSign ? _ecdsa.Value!.ExportPkcs8PrivateKey() : base.ExportMaterial();

    // RFC 7638 section 3.2: the required members in lexicographic order, without white space.
    public override string DeriveKeyId() => JsonWebKey.Thumbprint(
        $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(_key.Q.X)}}","y":"{{Base64Url.EncodeToString(_key.Q.Y)}}"}""");

    public override bool TryWriteJwkMembers(Utf8JsonWriter json)
    {
        json.WriteString("kty"u8, "EC"u8);
        json.WriteString("crv"u8, "P-256"u8);
        json.WriteString("x"u8, Base64Url.EncodeToString(_key.Q.X));
        json.WriteString("y"u8, Base64Url.EncodeToString(_key.Q.Y));
        return true;
    }

    public override void Dispose()
    {
        foreach (var ecdsa in _ecdsa.Values) ecdsa.Dispose();
        _ecdsa.Dispose();
    }
}
