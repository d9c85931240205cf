using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cancela.Revocation;

/// <summary>
/// Everything that no longer counts and still matters, in this process. It only ever learns: an entry is true whenever
/// and in whatever order it comes, and coming twice changes nothing. A lookup takes no lock and allocates nothing.
/// </summary>
internal sealed class RevocationSet
{
    /// <summary>
    /// How long an entry outlives what it covers: a wall clock that moves back by less brings no dropped entry's
    /// credential to life. See <see cref="ForgottenUntil"/> for more.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    // Sixteen tables, so that one that grows holds up writers for a sixteenth of the time.
    private const int TableBits = 4;

    private readonly SessionTable[] _sessions = [.. Enumerable.Range(0, 1 << TableBits).Select(static _ => new SessionTable())];
    private readonly ConcurrentDictionary<Guid, Floor> _accounts = new(new AccountComparer());
    private readonly Lock _retiring = new();
    private Dictionary<string, uint> _keys = new(StringComparer.Ordinal);

    // Sessions are held as 64-bit fingerprints, not as 128-bit IDs. Two IDs share one with probability 2^-64, so with n
    // entries a live session is taken for an ended one with probability n / 2^64: 5e-13 at ten million. It errs on the
    // safe side only: somebody may have to sign in again, nobody gets in. Nobody can aim, either: IDs are ours,
    // random and signed, and the two secrets differ in every process.
    private readonly ulong _secret1 = Secret();
    private readonly ulong _secret2 = Secret();

    private readonly record struct Floor(int MinVersion, uint Until);

    /// <summary>How many entries there are now.</summary>
    public int Count => _sessions.Sum(static table => table.Count) + _accounts.Count + Volatile.Read(ref _keys).Count;

    /// <summary>
    /// No entry was dropped that covers anything beyond this time. A wall clock that shows an earlier one must not be
    /// answered from the set before the whole log was read again.
    /// </summary>
    public DateTimeOffset ForgottenUntil { get; private set; } = DateTimeOffset.MinValue;

    public void Add(RevocationEntry entry)
    {
        var until = Second(entry.Until);
        switch (entry)
        {
            case RevocationEntry.SessionEnded session:
                var fingerprint = Fingerprint(session.SessionId);
                TableOf(fingerprint).Add(fingerprint, until);
                break;
            case RevocationEntry.AccountMovedOn account:
                _accounts.AddOrUpdate(account.AccountId, static (_, added) => added, Higher, new Floor(account.MinVersion, until));
                break;
            case RevocationEntry.KeyRetired key:
                Retire(key.KeyId, until);
                break;
        }
    }

    /// <summary>What covers a credential. Never <see cref="RevocationVerdict.Unknown"/>: whether the set may be trusted is the clock's to say.</summary>
    public RevocationVerdict Find(Guid sessionId, Guid accountId, int version, string? keyId)
    {
        // Asked first, since it may have to wait for memory, and the account is looked up meanwhile.
        var ended = IsEnded(in sessionId);
        // Said first, since it says most: of an account that is gone its sessions are, too.
        var lowest = LowestVersion(accountId);
        if (lowest == RevocationEntry.AccountMovedOn.NoVersion) return RevocationVerdict.AccountDeleted;
        if (ended) return RevocationVerdict.SessionEnded;
        if (version < lowest) return RevocationVerdict.AccountMovedOn;
        return keyId is not null && Volatile.Read(ref _keys).ContainsKey(keyId) ? RevocationVerdict.KeyRetired : RevocationVerdict.Counts;
    }

    /// <summary>Whether the session was ended by itself; its account may have moved on nevertheless.</summary>
    public bool IsEnded(in Guid sessionId)
    {
        var fingerprint = Fingerprint(in sessionId);
        return TableOf(fingerprint).Contains(fingerprint);
    }

    /// <summary>The lowest version of the account that still counts; <see cref="int.MinValue"/> when every one does.</summary>
    public int LowestVersion(Guid accountId) =>
        _accounts.TryGetValue(accountId, out var floor) ? floor.MinVersion : int.MinValue;

    /// <summary>Drops what covers nothing any more. One thread at a time.</summary>
    public void Drop(DateTimeOffset now)
    {
        var second = Second(now - Margin);
        if (now - Margin > ForgottenUntil) ForgottenUntil = now - Margin;
        foreach (var table in _sessions) table.DropBefore(second);
        foreach (var account in _accounts)
            if (account.Value.Until < second) _accounts.TryRemove(account);
        lock (_retiring)
        {
            if (_keys.Values.Any(until => until < second))
                Volatile.Write(ref _keys, _keys.Where(key => key.Value >= second).ToDictionary(StringComparer.Ordinal));
        }
    }

    /// <summary>Says that the whole log was read since the last <see cref="Drop"/>: what had been dropped is back.</summary>
    public void Remembered() => ForgottenUntil = DateTimeOffset.MinValue;

    // Both bounds only rise: whoever is refused by the higher version after the later time has expired anyway.
    private static Floor Higher(Guid account, Floor known, Floor added) =>
        new(Math.Max(known.MinVersion, added.MinVersion), Math.Max(known.Until, added.Until));

    private void Retire(string keyId, uint until)
    {
        lock (_retiring)
        {
            if (_keys.TryGetValue(keyId, out var known) && known >= until) return;
            Volatile.Write(ref _keys, new Dictionary<string, uint>(_keys, StringComparer.Ordinal) { [keyId] = until });
        }
    }

    // The top bits choose the table, the others the place in it.
    private SessionTable TableOf(ulong fingerprint) => _sessions[(int)(fingerprint >> (64 - TableBits))];

    // By reference: a copy would be read as sixteen bytes just after it was written as twice eight, and the processor makes
    // such a read wait for all that came before it, which is the last lookup's memory.
    private ulong Fingerprint(in Guid id)
    {
        var halves = MemoryMarshal.Cast<Guid, ulong>(MemoryMarshal.CreateReadOnlySpan(in id, 1));
        var high = Math.BigMul(halves[0] ^ _secret1, halves[1] ^ _secret2, out var low);
        return high ^ low;
    }

    // Rounded up, and at most 2106: nothing is dropped before its time.
    private static uint Second(DateTimeOffset time) =>
        (uint)Math.Clamp(Math.Ceiling((time - DateTimeOffset.UnixEpoch).TotalSeconds), 0, uint.MaxValue);

    private static ulong Secret() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
}
