using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Cancela.Tokens;

/// <summary>
/// Signing keys as they lie in the database: AES-256-GCM under a key that HKDF-SHA256 (RFC 5869) derives from the configured
/// secret. A copy of the database alone signs nothing.
/// </summary>
/// <remarks>
/// Version (1 byte, 1) ‖ nonce (12) ‖ tag (16) ‖ ciphertext. The key's name and algorithm are associated data, so that a row
/// moved to another name does not open. Nonces are random: NIST SP 800-38D allows 2^32 of them under one key, and a deployment
/// wraps one or two keys a month.
/// </remarks>
internal sealed class KeyWrap
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + NonceLength + TagLength;
    private readonly byte[] _key;

    /// <param name="secret">The configured secret, at least 32 bytes.</param>
    /// <exception cref="ArgumentException">The secret is shorter than that.</exception>
    public KeyWrap(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < HmacScheme.MinimumSecretLength)
            throw new ArgumentException($"The secret has at least {HmacScheme.MinimumSecretLength} bytes; this one has {secret.Length}.", nameof(secret));
        _key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, _key, salt: [], info: "cancela signing keys at rest v1"u8);
    }

    /// <summary>What to store.</summary>
    public byte[] Wrap(SigningKey key)
    {
        var material = key.ExportMaterial();
        var wrapped = new byte[HeaderLength + material.Length];
        wrapped[0] = Version;
        RandomNumberGenerator.Fill(Nonce(wrapped));
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(Nonce(wrapped), material, Ciphertext(wrapped), Tag(wrapped), AssociatedData(key.KeyId, key.Algorithm));
        CryptographicOperations.ZeroMemory(material);
        return wrapped;
    }

    /// <summary>The key again; false when it was wrapped under another secret, for another name, or was changed.</summary>
    public bool TryUnwrap(
        string keyId, SigningAlgorithm algorithm, byte[] wrapped, DateTimeOffset createdAt, [NotNullWhen(true)] out SigningKey? key)
    {
        key = null;
        if (wrapped.Length <= HeaderLength || wrapped[0] != Version) return false;
        var material = new byte[wrapped.Length - HeaderLength];
        try
        {
            using var aes = new AesGcm(_key, TagLength);
            aes.Decrypt(Nonce(wrapped), Ciphertext(wrapped), Tag(wrapped), material, AssociatedData(keyId, algorithm));
            key = SigningKey.ImportMaterial(algorithm, material, createdAt);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
        }
    }

    private static Span<byte> Nonce(byte[] wrapped) => wrapped.AsSpan(1, NonceLength);

    private static Span<byte> Tag(byte[] wrapped) => wrapped.AsSpan(1 + NonceLength, TagLength);

    private static Span<byte> Ciphertext(byte[] wrapped) => wrapped.AsSpan(HeaderLength);

    // A name from a database has no NUL in it, so that no two pairs have the same bytes.
    private static byte[] AssociatedData(string keyId, SigningAlgorithm algorithm) => Encoding.UTF8.GetBytes($"{keyId}\0{algorithm}");
}
