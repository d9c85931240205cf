namespace Cancela.Revocation;

/// <summary>
/// A set of 64-bit fingerprints, each with the second in which it may be forgotten: 13 bytes a slot, at most seven eighths full.
/// One thread writes at a time, under a lock; readers take none.
/// </summary>
/// <remarks>
/// Why readers need no lock: within one <see cref="SessionSlots"/> a slot goes from empty to taken once, key before tag, and
/// never changes either again, so what a lookup passes only gets longer; whatever removes or moves keys builds new arrays
/// and publishes them whole.
/// </remarks>
internal sealed class SessionTable
{
    private readonly Lock _writing = new();
    private SessionSlots _slots = new(groups: 1);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>What its arrays take.</summary>
    public long Bytes => SessionSlots.BytesOf(Volatile.Read(ref _slots).Groups);

    public bool Contains(ulong key) => Volatile.Read(ref _slots).Contains(key);

    /// <summary>Adds a key, or prolongs it.</summary>
    public void Add(ulong key, uint until)
    {
        lock (_writing)
        {
            if (_slots.Find(key) is >= 0 and var slot)
            {
                _slots.Prolong(slot, until);
                return;
            }
            if (!Fits(_count + 1, _slots.Groups)) Rebuild(Larger(_slots.Groups), keepFrom: 0);
            _slots.Add(key, until);
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>Drops what may be forgotten before a second, once it is an eighth of all: a rebuild costs as much for one as for many.</summary>
    public void DropBefore(uint second)
    {
        lock (_writing)
        {
            var live = _slots.CountFrom(second);
            if (live == _count || (_count - live) * 8L < _count) return;

            var groups = 1;
            while (!Fits(live, groups)) groups = Larger(groups);
            Rebuild(groups, second);
            Volatile.Write(ref _count, live);
        }
    }

    // By half, not by all: so a table is never emptier than 7/12, and an entry never takes more than 13 * 12/7 = 22.3 bytes.
    private static int Larger(int groups) => groups + (groups + 1) / 2;

    private static bool Fits(int count, int groups) => count * 8L <= groups * (7L * SessionSlots.Width);

    private void Rebuild(int groups, uint keepFrom)
    {
        var slots = new SessionSlots(groups);
        _slots.CopyTo(slots, keepFrom);
        Volatile.Write(ref _slots, slots);
    }
}
