using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cancela.Revocation;

/// <summary>
/// The arrays of a <see cref="SessionTable"/>: in groups of sixteen slots, each slot with a tag of one byte, a fingerprint of
/// eight and the second in which it may be forgotten, in an array of its own each. Whoever is not in the set is told so by the tags
/// of one group, nearly always: that is one line of the smallest array, and all sixteen are compared at once.
/// </summary>
/// <remarks>
/// <para>The fingerprint's high bits choose the table, those below the group, the lowest eight are the tag. Of a group that is full
/// the next one takes what is too much, so a lookup ends at the first group with an empty slot.</para>
/// <para>A slot is taken once and never changes its key again. Sixteen tags are not read at one moment, and need not be: each only
/// goes from empty to taken, so a reader sees what was added before it began, and of what is added meanwhile all or nothing.</para>
/// </remarks>
internal sealed class SessionSlots(int groups)
{
    public const int Width = 16;

    private const byte Empty = 0;

    // What the table was chosen by says nothing about the group.
    private const int UsedByTable = 4;

    private readonly byte[] _tags = new byte[groups * Width];
    private readonly ulong[] _keys = new ulong[groups * Width];
    private readonly uint[] _untils = new uint[groups * Width];

    public int Groups => groups;

    public static long BytesOf(int groups) => groups * (long)Width * (sizeof(byte) + sizeof(ulong) + sizeof(uint));

    /// <summary>May be asked while another thread adds: whatever was added before is found.</summary>
    public bool Contains(ulong key) => Find(key) >= 0;

    /// <summary>The slot that holds the key, or -1.</summary>
    public int Find(ulong key)
    {
        var tags = _tags;
        var wanted = Vector128.Create(Tag(key));
        for (var first = FirstOf(key, tags.Length); ; first = Next(first, tags.Length))
        {
            var found = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(tags), (nuint)first);
            for (var same = Vector128.Equals(found, wanted).ExtractMostSignificantBits(); same != 0; same &= same - 1)
            {
                var slot = first + BitOperations.TrailingZeroCount(same);
                // The other half of Add's order: the key is read after the tag. Nothing on x64, one instruction on Arm.
                Volatile.ReadBarrier();
                if (_keys[slot] == key) return slot;
            }
            if (Vector128.EqualsAny(found, Vector128<byte>.Zero)) return -1;
        }
    }

    /// <summary>Adds a key that is not there. One thread at a time; there must be an empty slot.</summary>
    public void Add(ulong key, uint until)
    {
        var first = FirstOf(key, _tags.Length);
        int empty;
        while ((empty = _tags.AsSpan(first, Width).IndexOf(Empty)) < 0) first = Next(first, _tags.Length);
        var slot = first + empty;
        _untils[slot] = until;
        _keys[slot] = key;
        // Last, for readers that take no lock: who sees the tag sees the key, never the 0 that was there.
        Volatile.Write(ref _tags[slot], Tag(key));
    }

    public void Prolong(int slot, uint until) => _untils[slot] = Math.Max(_untils[slot], until);

    /// <summary>How many of them must not be forgotten before a second.</summary>
    public int CountFrom(uint second)
    {
        var count = 0;
        for (var i = 0; i < _tags.Length; i++)
            if (_tags[i] != Empty && _untils[i] >= second) count++;
        return count;
    }

    /// <summary>Adds all that must not be forgotten before a second. In the order of the groups here, which is theirs there, too: memory likes that.</summary>
    public void CopyTo(SessionSlots other, uint second)
    {
        for (var i = 0; i < _tags.Length; i++)
            if (_tags[i] != Empty && _untils[i] >= second) other.Add(_keys[i], _untils[i]);
    }

    // Any number of groups, not only powers of two: the share of the groups that the bits are of all that they can be.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstOf(ulong key, int slots) =>
        (int)(((key << UsedByTable) >> 32) * (uint)(slots / Width) >> 32) * Width;

    private static int Next(int first, int slots) => first + Width == slots ? 0 : first + Width;

    private static byte Tag(ulong key) => (byte)key == Empty ? (byte)1 : (byte)key;
}
