using System.Security.Cryptography;
using Cancela.Credentials.Passwords.Argon2;
using Cancela.Credentials.Passwords.Foreign;

namespace Cancela.Credentials.Passwords;

/// <summary>Makes Argon2id hashes, and compares with them and with those of other systems, a bounded number at a time.</summary>
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

    /// <summary>Compares a password with a stored hash, ours or one of another system.</summary>
    /// <param name="stored">What the account's row says; null when there is no such account, which costs what one of ours costs.</param>
    /// <param name="password">As it was received.</param>
    /// <param name="cancel">Who hangs up while waiting is not hashed.</param>
    public async ValueTask<PasswordVerdict> VerifyAsync(string? stored, string password, CancellationToken cancel)
    {
        var phc = stored is null ? null : PhcString.Parse(stored);
        return phc is null && stored is not null && ForeignHash.Parse(stored) is { } foreign
            ? await CompareAsync(foreign, password, cancel)
            : await CompareAsync(phc, password, cancel);
    }

    private async ValueTask<PasswordVerdict> CompareAsync(PhcString? stored, string password, CancellationToken cancel)
    {
        using var composed = PasswordBytes.TryEncode(password);
        // Another system's Argon2 may have hashed it as it came. Only where that is another text, and then also where there is no account.
        using var received = PasswordBytes.TryEncode(password, PasswordForm.AsReceived);
        byte[][] forms = composed is null || received is null ? [[]]
            : composed.Bytes.AsSpan().SequenceEqual(received.Bytes) ? [composed.Bytes]
            : [composed.Bytes, received.Bytes];
        // What cannot match costs what a hash of today costs: the time must not tell who has an account.
        var hashed = stored ?? new PhcString(_costs, new byte[SaltBytes], new byte[TagBytes]);
        var comparing = Gate.TryRun(memory => new Comparison(Array.Exists(forms, form => IsOf(form, hashed, memory))), cancel);
        if (comparing is null) return new PasswordVerdict.Overloaded(_retryAfter);
        var equal = (await comparing).IsEqual;
        return equal && stored is not null && composed is not null
            ? new PasswordVerdict.Match(NeedsRehash(stored))
            : new PasswordVerdict.Mismatch();
    }

    private async ValueTask<PasswordVerdict> CompareAsync(ForeignHash stored, string password, CancellationToken cancel)
    {
        using var secret = PasswordBytes.TryEncode(password, stored.Form);
        var comparing = Gate.TryRun(memory => new Comparison(IsOf(secret?.Bytes ?? [], stored, memory)), cancel);
        if (comparing is null) return new PasswordVerdict.Overloaded(_retryAfter);
        return (await comparing).IsEqual && secret is not null ? new PasswordVerdict.Match(NeedsRehash: true) : new PasswordVerdict.Mismatch();
    }

    public void Dispose() => Gate.Dispose();

    private bool NeedsRehash(PhcString stored) =>
        stored.Parameters != _costs || stored.Salt.Length < SaltBytes || stored.Tag.Length < TagBytes;

    private bool IsOf(byte[] secret, PhcString phc, Argon2Memory memory) =>
        CryptographicOperations.FixedTimeEquals(Compute(secret, phc, memory), phc.Tag);

    private bool IsOf(byte[] secret, ForeignHash hash, Argon2Memory memory)
    {
        var equal = hash.IsOf(secret, memory);
        Interlocked.Increment(ref _completed);
        return equal;
    }

    private byte[] Compute(byte[] secret, PhcString phc, Argon2Memory memory)
    {
        var tag = new byte[phc.Tag.Length];
        Argon2id.Hash(phc.Parameters, new Argon2Input(secret, phc.Salt), tag, memory);
        Interlocked.Increment(ref _completed);
        return tag;
    }

    private sealed record Comparison(bool IsEqual);
}
