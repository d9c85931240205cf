using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Cancela.Tokens;

/// <summary>
/// Signing keys as they lie in the database: sealed under a key that HKDF-SHA256 (RFC 5869) derives from the configured secret. A copy of
/// the database alone signs nothing. The key's name and algorithm are associated data.
/// </summary>
internal sealed class KeyWrap
{
    private readonly SealedBox _box;

    /// <param name="secret">The configured secret, at least 32 bytes.</param>
    /// <exception cref="ArgumentException">The secret is shorter than that.</exception>
    public KeyWrap(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < HmacScheme.MinimumSecretLength)
            throw new ArgumentException($"The secret has at least {HmacScheme.MinimumSecretLength} bytes; this one has {secret.Length}.", nameof(secret));
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], info: "cancela signing keys at rest v1"u8);
        _box = new SealedBox(key);
    }

    /// <summary>What to store.</summary>
    public byte[] Wrap(SigningKey key)
    {
        var material = key.ExportMaterial();
        try
        {
            return _box.Seal(material, AssociatedData(key.KeyId, key.Algorithm));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
        }
    }

    /// <summary>The key again; false when it was wrapped under another secret, for another name, or was changed.</summary>
    public bool TryUnwrap(
        string keyId, SigningAlgorithm algorithm, byte[] wrapped, DateTimeOffset createdAt, [NotNullWhen(true)] out SigningKey? key)
    {
        key = null;
        if (!_box.TryOpen(wrapped, AssociatedData(keyId, algorithm), out var material)) return false;
        try
        {
            key = SigningKey.ImportMaterial(algorithm, material, createdAt);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
        }
    }

    // A name from a database has no NUL in it, so that no two pairs have the same bytes.
    private static byte[] AssociatedData(string keyId, SigningAlgorithm algorithm) => Encoding.UTF8.GetBytes($"{keyId}\0{algorithm}");
}
