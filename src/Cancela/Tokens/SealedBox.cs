using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Cancela.Tokens;

/// <summary>
/// Authenticated encryption of what lies in the database: AES-256-GCM (NIST SP 800-38D). Whatever it belongs to is associated data, so that a row
/// that is moved to another place does not open.
/// </summary>
/// <remarks>Version (1 byte, 1) ‖ nonce (12) ‖ tag (16) ‖ ciphertext. Nonces are random: 2^32 of them are allowed under one key.</remarks>
/// <param name="key">32 bytes, of this one use.</param>
internal sealed class SealedBox(byte[] key)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + NonceLength + TagLength;

    /// <summary>What to store.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        var closed = new byte[HeaderLength + plaintext.Length];
        closed[0] = Version;
        RandomNumberGenerator.Fill(Nonce(closed));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(Nonce(closed), plaintext, Ciphertext(closed), Tag(closed), associatedData);
        return closed;
    }

    /// <summary>The plaintext again, to be cleared after use; false when it was sealed under another key, for another place, or was changed.</summary>
    public bool TryOpen(byte[] closed, ReadOnlySpan<byte> associatedData, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (closed.Length <= HeaderLength || closed[0] != Version) return false;
        var opened = new byte[closed.Length - HeaderLength];
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(Nonce(closed), Ciphertext(closed), Tag(closed), opened, associatedData);
            plaintext = opened;
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(opened);
            return false;
        }
    }

    private static Span<byte> Nonce(byte[] closed) => closed.AsSpan(1, NonceLength);

    private static Span<byte> Tag(byte[] closed) => closed.AsSpan(1 + NonceLength, TagLength);

    private static Span<byte> Ciphertext(byte[] closed) => closed.AsSpan(HeaderLength);
}
