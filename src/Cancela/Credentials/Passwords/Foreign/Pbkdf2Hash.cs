using System.Security.Cryptography;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>PBKDF2 (RFC 8018 section 5.2) with HMAC of a SHA. Several systems write it down, each in its own way.</summary>
internal sealed class Pbkdf2Hash : ForeignHash
{
    // Iterations of all blocks of the key together: three seconds of a busy core. Django 6 asks for 1,200,000.
    private const int MaximumIterations = 3_000_000;
    private const int MaximumSalt = 128;

    private readonly HashAlgorithmName _hash;
    private readonly int _iterations;
    private readonly byte[] _salt;

    private Pbkdf2Hash(string name, HashAlgorithmName hash, int iterations, byte[] salt, byte[] key) : base(key) =>
        (Name, _hash, _iterations, _salt) = (name, hash, iterations, salt);

    public override string Name { get; }

    /// <summary>Null beyond the caps: 3,000,000 iterations, a salt of 1 to 128 bytes, a key of 16 to 64.</summary>
    public static Pbkdf2Hash? Of(string name, HashAlgorithmName hash, int iterations, byte[] salt, byte[] key)
    {
        if (salt.Length is < 1 or > MaximumSalt || key.Length is < 16 or > 64 || iterations < 1) return null;
        // Each block of the key costs all iterations.
        var blocks = (key.Length + BytesOf(hash) - 1) / BytesOf(hash);
        return iterations <= MaximumIterations / blocks ? new Pbkdf2Hash(name, hash, iterations, salt, key) : null;
    }

    protected override void Compute(ReadOnlySpan<byte> password, Span<byte> computed, Argon2Memory memory) =>
        Rfc2898DeriveBytes.Pbkdf2(password, _salt, computed, _iterations, _hash);

    private static int BytesOf(HashAlgorithmName hash) =>
        hash == HashAlgorithmName.SHA512 ? SHA512.HashSizeInBytes : hash == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes : SHA1.HashSizeInBytes;
}
