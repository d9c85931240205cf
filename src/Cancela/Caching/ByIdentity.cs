using System.Numerics;
using System.Runtime.CompilerServices;

namespace Cancela.Caching;

/// <summary>
/// What was worked out of an object, found again by the object itself. A server hands out the same string for a header that did not
/// change from one request of a connection to the next: what follows from it alone is then worked out once for the connection. A hit
/// hashes no bytes, compares none, takes no lock and allocates nothing.
/// </summary>
/// <remarks>Objects that meet in one place push each other out. It decides nothing: what it returns is what was worked out.</remarks>
internal sealed class ByIdentity<TKey, TValue>(int capacity) where TKey : class where TValue : class
{
    private readonly Entry?[] _places = new Entry?[BitOperations.RoundUpToPowerOf2((uint)capacity)];

    private sealed class Entry(TKey key, TValue value)
    {
        public readonly TKey Key = key;
        public readonly TValue Value = value;
    }

    public TValue? Find(TKey key) =>
        Volatile.Read(ref PlaceOf(key)) is { } entry && ReferenceEquals(entry.Key, key) ? entry.Value : null;

    public TValue Put(TKey key, TValue value)
    {
        Volatile.Write(ref PlaceOf(key), new Entry(key, value));
        return value;
    }

    private ref Entry? PlaceOf(TKey key) => ref _places[RuntimeHelpers.GetHashCode(key) & (_places.Length - 1)];
}
