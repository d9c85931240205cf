using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>What an scrypt hash costs (RFC 7914 section 2).</summary>
/// <param name="LogN">The binary logarithm of N, the blocks that are remembered.</param>
/// <param name="BlockSize">r: each block has 128 times as many bytes.</param>
/// <param name="Parallelism">p. They are computed one after the other, in the same memory.</param>
internal readonly record struct ScryptCosts(int LogN, int BlockSize, int Parallelism)
{
    // All of it together costs no more than the largest memory of an Argon2 hash.
    private const long MaximumBytes = Argon2Parameters.MaximumMemoryKiB * 1024L;
    private const int MaximumLogN = 20;
    private const int MaximumBlockSize = 32;
    private const int MaximumParallelism = 16;

    public int N => 1 << LogN;

    public int BlockBytes => 128 * BlockSize;

    public bool AreAllowed =>
        LogN is >= 1 and <= MaximumLogN
        && BlockSize is >= 1 and <= MaximumBlockSize
        && Parallelism is >= 1 and <= MaximumParallelism
        && (long)N * BlockBytes * Parallelism <= MaximumBytes;
}
