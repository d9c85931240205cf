using System.Security.Cryptography;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords;

/// <summary>Makes and compares Argon2id hashes, a bounded number at a time.</summary>
internal sealed class PasswordHasher(PasswordOptions options) : IDisposable
{
    private const int SaltBytes = 16;
    private const int TagBytes = 32;

    // Long enough that a busy server never asks the system for memory, short enough that a quiet one has none of it.
    private static readonly TimeSpan KeepMemoryFor = TimeSpan.FromSeconds(2);

    private readonly Argon2Parameters _costs = options.Costs;
    private readonly TimeSpan _retryAfter = options.RetryAfter;
    private long _completed;

    /// <summary>Where the hashes wait.</summary>
    public HashGate Gate { get; } = new(options.MaxConcurrentHashes, options.MaxQueuedHashes, options.Costs.Blocks, KeepMemoryFor);

    /// <summary>How many hashes were computed: for metrics, and for the test that an unknown e-mail costs one.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>
    /// When to come again, if no hash would be let in now. Whoever asks first spares the statements before one that is sent away; whether
    /// it is let in, <see cref="Gate"/> alone decides.
    /// </summary>
    public TimeSpan? IsFullFor => Gate.IsFull ? _retryAfter : null;

    /// <summary>The hash of a new password, which the policy has let pass.</summary>
    /// <exception cref="ArgumentException">A lone surrogate: the policy was not asked.</exception>
    public async ValueTask<HashOutcome> HashAsync(string password, CancellationToken cancel)
    {
        using var secret = PasswordBytes.TryEncode(password) ?? throw new ArgumentException("A lone surrogate is no text.", nameof(password));
        var phc = new PhcString(_costs, RandomNumberGenerator.GetBytes(SaltBytes), new byte[TagBytes]);
        var computing = Gate.TryRun(memory => Compute(secret.Bytes, phc, memory), cancel);
        if (computing is null) return new HashOutcome.Overloaded(_retryAfter);
        return new HashOutcome.Hashed((phc with { Tag = await computing }).ToString());
    }

    /// <summary>Compares a password with a stored hash.</summary>
    /// <param name="phc">What the account's row says; null when there is no such account, which costs the same hash.</param>
    /// <param name="password">As it was received.</param>
    /// <param name="cancel">Who hangs up while waiting is not hashed.</param>
    public async ValueTask<PasswordVerdict> VerifyAsync(string? phc, string password, CancellationToken cancel)
    {
        using var secret = PasswordBytes.TryEncode(password);
        var stored = phc is null ? null : PhcString.Parse(phc);
        // What cannot match costs what a hash of today costs: the time must not tell who has an account.
        var hashed = stored ?? new PhcString(_costs, new byte[SaltBytes], new byte[TagBytes]);
        var computing = Gate.TryRun(memory => Compute(secret?.Bytes ?? [], hashed, memory), cancel);
        if (computing is null) return new PasswordVerdict.Overloaded(_retryAfter);
        var equal = CryptographicOperations.FixedTimeEquals(await computing, hashed.Tag);
        return equal && stored is not null && secret is not null
            ? new PasswordVerdict.Match(NeedsRehash(stored))
            : new PasswordVerdict.Mismatch();
    }

    public void Dispose() => Gate.Dispose();

    private bool NeedsRehash(PhcString stored) =>
        stored.Parameters != _costs || stored.Salt.Length < SaltBytes || stored.Tag.Length < TagBytes;

    private byte[] Compute(byte[] secret, PhcString phc, Argon2Memory memory)
    {
        var tag = new byte[phc.Tag.Length];
        Argon2id.Hash(phc.Parameters, new Argon2Input(secret, phc.Salt), tag, memory);
        Interlocked.Increment(ref _completed);
        return tag;
    }
}
