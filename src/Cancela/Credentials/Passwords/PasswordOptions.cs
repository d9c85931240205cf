using System.Globalization;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords;

/// <summary>How passwords are chosen and hashed (<c>Cancela:Password</c>).</summary>
/// <remarks>Hashes made with other costs stay valid; each is made anew at its owner's next sign-in.</remarks>
public sealed class PasswordOptions
{
    // The weakest of the settings that OWASP calls equivalent is 7 MiB with five passes.
    private const int LeastMemoryKiB = 7 * 1024;
    private const int LeastWork = LeastMemoryKiB * 5;

    /// <summary>
    /// Argon2id's memory in KiB. Default 19456 (19 MiB), 7168 to 262144. Memory is what an attacker's hardware has least of;
    /// each hash that runs at the same time needs this much.
    /// </summary>
    public int MemoryKiB { get; set; } = 19 * 1024;

    /// <summary>
    /// Argon2id's passes over that memory. Default 2, 1 to 16. Memory times passes must be at least 35840: OWASP's settings
    /// (46 MiB × 1, 19 MiB × 2, 12 MiB × 3, 9 MiB × 4, 7 MiB × 5) all pass, weaker ones stop the start.
    /// </summary>
    public int Iterations { get; set; } = 2;

    /// <summary>
    /// Argon2id's lanes. Default 1, 1 to 16. They are computed one after the other, so that more than one buys nothing here:
    /// it is for hashes that other systems read too.
    /// </summary>
    public int Parallelism { get; set; } = 1;

    /// <summary>The fewest characters (code points) of a new password. Default 8, 8 to 64; NIST asks for 15 where no second factor is enforced.</summary>
    public int MinimumLength { get; set; } = 8;

    /// <summary>The most characters (code points) of a new password. Default 128, 64 to 1024: a passphrase must fit.</summary>
    public int MaximumLength { get; set; } = 128;

    /// <summary>
    /// Hashes that run at the same time, each on a thread of its own. Default: the number of cores, 1 to 1024. More would not
    /// make any of them earlier and needs <see cref="MemoryKiB"/> for each.
    /// </summary>
    public int MaxConcurrentHashes { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Hashes that wait for their turn; one more is told to come back later (503). Default 64 for each core, 0 to 100000.
    /// At 13 ms a hash the last in the line waits 0.8 s, at the 40 ms of a slow or busy core 2.6 s: longer, and people
    /// press the button again, which makes the line longer.
    /// </summary>
    public int MaxQueuedHashes { get; set; } = 64 * Environment.ProcessorCount;

    /// <summary>What <c>Retry-After</c> says when the line is full. Default 2 s, 1 s to 1 min: by then the line is gone.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Words of the deployment that may not be a password: names of the company, its products, its hosts. Default none;
    /// the account's own e-mail, domain and name, and <c>cancela</c>, are always refused (ASVS 6.2.11).
    /// </summary>
    public IList<string> ContextWords { get; } = [];

    internal Argon2Parameters Costs => new(MemoryKiB, Iterations, Parallelism);

    /// <summary>What is wrong with these settings: one sentence each, empty when nothing is.</summary>
    internal IEnumerable<string> Faults()
    {
        foreach (var (name, value, least, most) in Ranges())
            if (value < least || value > most)
                yield return string.Create(CultureInfo.InvariantCulture, $"Cancela:Password:{name} is {value}; it must be {least} to {most}.");
        if ((long)MemoryKiB * Iterations < LeastWork)
            yield return string.Create(CultureInfo.InvariantCulture, $"Cancela:Password:MemoryKiB x Iterations is {(long)MemoryKiB * Iterations}; it must be at least {LeastWork}.");
        if (RetryAfter < TimeSpan.FromSeconds(1) || RetryAfter > TimeSpan.FromMinutes(1))
            yield return $"Cancela:Password:RetryAfter is {RetryAfter}; it must be 00:00:01 to 00:01:00.";
        if (ContextWords.Any(string.IsNullOrWhiteSpace))
            yield return "Cancela:Password:ContextWords holds an empty word.";
    }

    private IEnumerable<(string Name, int Value, int Least, int Most)> Ranges() =>
    [
        (nameof(MemoryKiB), MemoryKiB, LeastMemoryKiB, Argon2Parameters.MaximumMemoryKiB),
        (nameof(Iterations), Iterations, 1, Argon2Parameters.MaximumIterations),
        (nameof(Parallelism), Parallelism, 1, Argon2Parameters.MaximumParallelism),
        (nameof(MinimumLength), MinimumLength, 8, 64),
        (nameof(MaximumLength), MaximumLength, 64, 1024),
        (nameof(MaxConcurrentHashes), MaxConcurrentHashes, 1, 1024),
        (nameof(MaxQueuedHashes), MaxQueuedHashes, 0, 100_000),
    ];
}
