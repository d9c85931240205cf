using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Cancela.Caching;

/// <summary>
/// A dictionary that never holds more than it may. A hit takes no lock and allocates nothing; when the cache is full,
/// the entry that nobody asked for since its last turn leaves (second chance, also known as CLOCK).
/// </summary>
/// <remarks>It decides nothing: what it returns is data, and the revocation set is asked about it on every request.</remarks>
internal sealed class BoundedCache<TKey, TValue>(int capacity) where TKey : notnull where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly ConcurrentQueue<Entry> _queue = new();
    private int _count;

    private sealed class Entry(TKey key, TValue value)
    {
        public readonly TKey Key = key;
        public readonly TValue Value = value;
        public bool Touched;
    }

    /// <summary>How many entries there are now.</summary>
    public int Count => Volatile.Read(ref _count);

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            // Written only when it changes: a hot entry's cache line stays shared between the cores.
            if (!entry.Touched) entry.Touched = true;
            value = entry.Value;
            return true;
        }
        value = null;
        return false;
    }

    /// <summary>Puts a value, in place of an older one.</summary>
    public void Set(TKey key, TValue value)
    {
        var entry = new Entry(key, value);
        while (true)
        {
            if (_entries.TryAdd(key, entry))
            {
                Interlocked.Increment(ref _count);
                break;
            }
            if (_entries.TryGetValue(key, out var old) && _entries.TryUpdate(key, entry, old)) break;
        }
        _queue.Enqueue(entry);
        Shrink();
    }

    public bool Remove(TKey key)
    {
        if (!_entries.TryRemove(key, out _)) return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>The values held now, in no order. For sweeps and flushes, not for requests.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Snapshot() =>
        _entries.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.Value));

    // The queue also holds entries that were replaced or removed: they leave here, and are never more than the capacity.
    private void Shrink()
    {
        while ((Count > capacity || _queue.Count > 2 * capacity) && _queue.TryDequeue(out var oldest))
        {
            if (!_entries.TryGetValue(oldest.Key, out var current) || !ReferenceEquals(current, oldest)) continue;
            if (oldest.Touched || Count <= capacity)
            {
                oldest.Touched = false;
                _queue.Enqueue(oldest);
            }
            else if (((ICollection<KeyValuePair<TKey, Entry>>)_entries).Remove(KeyValuePair.Create(oldest.Key, oldest)))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
