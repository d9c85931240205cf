using System.Buffers.Text;
using System.Security.Cryptography;

namespace Cancela.Tokens;

/// <summary>HS256 (RFC 7518 section 3.2).</summary>
internal sealed class HmacScheme : SignatureScheme
{
    /// <summary>RFC 7518 section 3.2: "A key of the same size as the hash output or larger MUST be used".</summary>
    public const int MinimumSecretLength = 32;

    private const int KeyIdLength = 12;
    private readonly byte[] _secret;

    // A keyed HMAC that is used again costs two thirds of a new one per token, and it is not made for sharing: one a thread.
    private readonly ThreadLocal<IncrementalHash> _hmac;

    public HmacScheme(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinimumSecretLength)
            throw new ArgumentException($"An HS256 secret has at least {MinimumSecretLength} bytes; this one has {secret.Length}.", nameof(secret));
        _secret = secret.ToArray();
        _hmac = new ThreadLocal<IncrementalHash>(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret));
    }

    public override SigningAlgorithm Algorithm => SigningAlgorithm.HS256;

    public override int SignatureLength => HMACSHA256.HashSizeInBytes;

    public override bool CanSign => true;

    public override bool Verify(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(input, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    public override void Sign(ReadOnlySpan<byte> input, Span<byte> signature)
    {
        var hmac = _hmac.Value!;
        hmac.AppendData(input);
        hmac.GetHashAndReset(signature);
    }

    public override byte[] ExportMaterial() => [.. _secret];

    // The RFC 7638 thumbprint of a secret is a plain hash of it, by which a guess could be tried offline. A MAC under
    // the secret tells no more than any token does. Its input has no dot, so it is no token's signing input.
    public override string DeriveKeyId() =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_secret, "cancela key id v1"u8).AsSpan(0, KeyIdLength));

    public override void Dispose() => _hmac.Dispose();
}
