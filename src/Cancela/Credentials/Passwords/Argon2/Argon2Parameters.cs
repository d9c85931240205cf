namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>What an Argon2 hash costs (RFC 9106 section 3.1).</summary>
/// <param name="MemoryKiB">m, in KiB: at least 8 for each lane.</param>
/// <param name="Iterations">t, the passes over the memory.</param>
/// <param name="Parallelism">p, the lanes. They are computed one after the other: a server has other requests for its cores.</param>
/// <param name="Type">y: Argon2id unless another system made the hash.</param>
internal readonly record struct Argon2Parameters(int MemoryKiB, int Iterations, int Parallelism, Argon2Type Type = Argon2Type.Id)
{
    // Caps on what a stored hash may ask for: one row that somebody tampered with must not stall the server.
    public const int MaximumMemoryKiB = 256 * 1024;
    public const int MaximumIterations = 16;
    public const int MaximumParallelism = 16;
    public const int BlocksPerLane = 8;

    public bool AreAllowed =>
        Parallelism is >= 1 and <= MaximumParallelism
        && Iterations is >= 1 and <= MaximumIterations
        && MemoryKiB <= MaximumMemoryKiB
        && MemoryKiB >= BlocksPerLane * Parallelism;

    /// <summary>m', "the memory size rounded down to the nearest multiple of 4 * p" (section 3.2).</summary>
    public int Blocks => MemoryKiB / (4 * Parallelism) * (4 * Parallelism);
}
