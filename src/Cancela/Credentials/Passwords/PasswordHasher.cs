using System.Security.Cryptography;
using System.Text;
using Cancela.Credentials.Passwords.Argon2;
using Cancela.Credentials.Passwords.Text;

namespace Cancela.Credentials.Passwords;

/// <summary>Makes and compares Argon2id hashes, a bounded number at a time.</summary>
internal sealed class PasswordHasher(PasswordOptions options) : IDisposable
{
    private const int SaltBytes = 16;
    private const int TagBytes = 32;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Argon2Parameters _costs = options.Costs;
    private readonly TimeSpan _retryAfter = options.RetryAfter;
    private readonly HashGate _gate = new(options.MaxConcurrentHashes, options.MaxQueuedHashes, options.Costs.Blocks);
    private long _completed;

    /// <summary>How many hashes were computed: for metrics, and for the test that an unknown e-mail costs one.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>Hashes that run or wait now.</summary>
    public int Admitted => _gate.Admitted;

    /// <summary>The hash of a new password. The policy has refused what is no text before.</summary>
    public async ValueTask<HashOutcome> HashAsync(string password, CancellationToken cancel)
    {
        var secret = Encode(password) ?? throw new ArgumentException("A lone surrogate is no text.", nameof(password));
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var tag = await TryComputeAsync(secret, _costs, salt, TagBytes, cancel);
        return tag is null
            ? new HashOutcome.Overloaded(_retryAfter)
            : new HashOutcome.Hashed(new PhcString(_costs, salt, tag).ToString());
    }

    /// <summary>Compares a password with a stored hash.</summary>
    /// <param name="phc">What the account's row says; null when there is no such account, which costs the same hash.</param>
    /// <param name="password">As it was received.</param>
    /// <param name="cancel">Who hangs up while waiting is not hashed.</param>
    public async ValueTask<PasswordVerdict> VerifyAsync(string? phc, string password, CancellationToken cancel)
    {
        var stored = phc is null ? null : PhcString.Parse(phc);
        var secret = Encode(password);
        var possible = stored is not null && secret is not null;
        // A salt of zeros and a tag that nothing equals: the stand-in costs what a real account's hash costs today.
        stored ??= new PhcString(_costs, new byte[SaltBytes], new byte[TagBytes]);
        var tag = await TryComputeAsync(secret ?? [], stored.Parameters, stored.Salt, stored.Tag.Length, cancel);
        if (tag is null) return new PasswordVerdict.Overloaded(_retryAfter);
        var equal = CryptographicOperations.FixedTimeEquals(tag, stored.Tag);
        return equal && possible ? new PasswordVerdict.Match(NeedsRehash(stored)) : new PasswordVerdict.Mismatch();
    }

    public void Dispose() => _gate.Dispose();

    private bool NeedsRehash(PhcString stored) =>
        stored.Parameters != _costs || stored.Salt.Length < SaltBytes || stored.Tag.Length < TagBytes;

    /// <summary>The tag, or null when the line is full. The secret is wiped whatever happens.</summary>
    private async ValueTask<byte[]?> TryComputeAsync(
        byte[] secret, Argon2Parameters costs, byte[] salt, int tagBytes, CancellationToken cancel)
    {
        try
        {
            var computing = _gate.TryRun(memory => Compute(secret, costs, salt, tagBytes, memory), cancel);
            return computing is null ? null : await computing;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private byte[] Compute(byte[] secret, Argon2Parameters costs, byte[] salt, int tagBytes, Argon2Memory memory)
    {
        var tag = new byte[tagBytes];
        Argon2id.Hash(costs, new Argon2Input(secret, salt), tag, memory);
        Interlocked.Increment(ref _completed);
        return tag;
    }

    // Pinned, so that the garbage collector leaves no copy behind that nobody wipes. Null: not text.
    private static byte[]? Encode(string password)
    {
        if (!Nfc.TryNormalize(password, out var normalized)) return null;
        var bytes = GC.AllocateUninitializedArray<byte>(Utf8.GetByteCount(normalized), pinned: true);
        Utf8.GetBytes(normalized, bytes);
        return bytes;
    }
}
