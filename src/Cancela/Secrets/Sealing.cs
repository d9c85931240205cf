using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Cancela.Secrets;

/// <summary>
/// Secrets of accounts as they lie in the database: AES-256-GCM (NIST SP 800-38D) under a key that HKDF-SHA256 derives from the root
/// secret for one purpose. A copy of the database alone opens nothing. What another of the configured secrets sealed opens too, and says so.
/// </summary>
/// <remarks>
/// Version (1 byte, 1) ‖ nonce (12) ‖ tag (16) ‖ ciphertext. Whose it is, is associated data: a row that is moved to another account
/// does not open. Nonces are random: 2^32 of them are allowed under one key, and an account seals a handful in its life.
/// </remarks>
internal sealed class Sealing
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + NonceLength + TagLength;

    // The present one first.
    private readonly byte[][] _keys;

    /// <param name="secret">The deployment's.</param>
    /// <param name="others">Others that open too: the one before a rotation, or the one after it.</param>
    /// <param name="purpose">What is sealed: no two purposes share a key.</param>
    public Sealing(RootSecret secret, OtherSecrets others, string purpose) =>
        _keys = [.. others.All.Prepend(secret).Select(one => one.Derive($"cancela {purpose} at rest v1"))];

    /// <summary>What to store.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext, Guid owner)
    {
        var closed = new byte[HeaderLength + plaintext.Length];
        closed[0] = Version;
        RandomNumberGenerator.Fill(Nonce(closed));
        using var aes = new AesGcm(_keys[0], TagLength);
        aes.Encrypt(Nonce(closed), plaintext, Ciphertext(closed), Tag(closed), AssociatedData(owner));
        return closed;
    }

    /// <summary>The plaintext again; false when it was sealed under a secret that nobody named, for somebody else, or was changed.</summary>
    /// <param name="closed">As it was stored.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="plaintext">To be cleared after use.</param>
    /// <param name="byAnother">Whether another secret sealed it: seal it again.</param>
    public bool TryOpen(byte[] closed, Guid owner, [NotNullWhen(true)] out byte[]? plaintext, out bool byAnother)
    {
        (plaintext, byAnother) = (null, false);
        if (closed.Length < HeaderLength || closed[0] != Version) return false;
        var opened = new byte[closed.Length - HeaderLength];
        for (var i = 0; i < _keys.Length; i++)
        {
            using var aes = new AesGcm(_keys[i], TagLength);
            try
            {
                aes.Decrypt(Nonce(closed), Ciphertext(closed), Tag(closed), opened, AssociatedData(owner));
                (plaintext, byAnother) = (opened, i > 0);
                return true;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Not this one.
            }
        }
        return false;
    }

    private static Span<byte> Nonce(byte[] closed) => closed.AsSpan(1, NonceLength);

    private static Span<byte> Tag(byte[] closed) => closed.AsSpan(1 + NonceLength, TagLength);

    private static Span<byte> Ciphertext(byte[] closed) => closed.AsSpan(HeaderLength);

    private static byte[] AssociatedData(Guid owner) => Encoding.UTF8.GetBytes(owner.ToString());
}
