namespace Cancela.Revocation;

/// <summary>
/// A set of 64-bit fingerprints, each with the second in which it may be forgotten: open addressing, linear probing,
/// 12 bytes a slot, at most three quarters full. One thread writes at a time, under a lock; readers take none.
/// </summary>
/// <remarks>
/// Why readers need no lock: within one pair of arrays a slot goes from empty to taken once and never changes its key
/// again, so a probe sequence only gets longer; whatever removes or moves keys builds new arrays and publishes them whole.
/// </remarks>
internal sealed class SessionTable
{
    private const ulong Empty = 0;

    private readonly Lock _writing = new();
    private Slots _slots = new(16);
    private int _count;

    private sealed class Slots(int capacity)
    {
        public readonly ulong[] Keys = new ulong[capacity];
        public readonly uint[] Untils = new uint[capacity];

        /// <summary>The slot that holds the key, or the empty one where it belongs.</summary>
        public int Locate(ulong key)
        {
            var mask = Keys.Length - 1;
            var slot = (int)key & mask;
            while (Keys[slot] != key && Keys[slot] != Empty) slot = (slot + 1) & mask;
            return slot;
        }
    }

    public int Count => Volatile.Read(ref _count);

    public bool Contains(ulong key)
    {
        var keys = Volatile.Read(ref _slots).Keys;
        var mask = keys.Length - 1;
        for (var slot = (int)key & mask; ; slot = (slot + 1) & mask)
        {
            var found = Volatile.Read(ref keys[slot]);
            if (found == key) return true;
            if (found == Empty) return false;
        }
    }

    /// <summary>Adds a key, or prolongs it. The key is not 0.</summary>
    public void Add(ulong key, uint until)
    {
        lock (_writing)
        {
            var slot = _slots.Locate(key);
            if (_slots.Keys[slot] == key)
            {
                _slots.Untils[slot] = Math.Max(_slots.Untils[slot], until);
                return;
            }
            if (!Fits(_count + 1, _slots.Keys.Length))
            {
                Rebuild(_slots.Keys.Length * 2, keepFrom: 0);
                slot = _slots.Locate(key);
            }
            _slots.Untils[slot] = until;
            Volatile.Write(ref _slots.Keys[slot], key);
            _count++;
        }
    }

    /// <summary>Drops what may be forgotten before a second, once it is an eighth of all: a rebuild costs as much for one as for many.</summary>
    public void DropBefore(uint second)
    {
        lock (_writing)
        {
            var live = 0;
            for (var i = 0; i < _slots.Keys.Length; i++)
                if (_slots.Keys[i] != Empty && _slots.Untils[i] >= second) live++;
            if (live == _count || (_count - live) * 8L < _count) return;

            var capacity = 16;
            while (!Fits(live, capacity)) capacity *= 2;
            Rebuild(capacity, second);
        }
    }

    private static bool Fits(int count, int capacity) => count * 4L <= capacity * 3L;

    private void Rebuild(int capacity, uint keepFrom)
    {
        var old = _slots;
        var slots = new Slots(capacity);
        var count = 0;
        for (var i = 0; i < old.Keys.Length; i++)
        {
            if (old.Keys[i] == Empty || old.Untils[i] < keepFrom) continue;
            var slot = slots.Locate(old.Keys[i]);
            slots.Keys[slot] = old.Keys[i];
            slots.Untils[slot] = old.Untils[i];
            count++;
        }
        _count = count;
        Volatile.Write(ref _slots, slots);
    }
}
