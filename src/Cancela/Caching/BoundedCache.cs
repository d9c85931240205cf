using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Cancela.Caching;

/// <summary>
/// A dictionary that never holds more than it may. A hit takes no lock and allocates nothing; when the cache is full,
/// the entry that nobody asked for since its last turn leaves (second chance, also known as CLOCK).
/// </summary>
/// <remarks>It decides nothing: what it returns is data, and the revocation set is asked about it on every request.</remarks>
/// <param name="capacity">How many entries at most.</param>
/// <param name="weighing">How many bytes they may be together, and how many one is; <see langword="null"/>: all are alike, and their number says enough.</param>
internal sealed class BoundedCache<TKey, TValue>(int capacity, Weighing<TValue>? weighing = null) where TKey : notnull where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly ConcurrentQueue<Entry> _queue = new();
    private int _count;
    private long _bytes;

    // What an entry weighs never changes, so that what comes in and what goes out add up, whatever happens between.
    private sealed class Entry(TKey key, TValue value, int bytes)
    {
        public readonly TKey Key = key;
        public readonly int Bytes = bytes;
        public volatile TValue? Value = value;
        public bool Touched;
    }

    /// <summary>How many entries there are now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many bytes they are together.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many entries wait for their turn: those that are held, and removed ones whose turn has not come.</summary>
    internal int Waiting => _queue.Count;

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        value = null;
        if (!_entries.TryGetValue(key, out var entry)) return false;
        // Written only when it changes: a hot entry's cache line stays shared between the cores.
        if (!entry.Touched) entry.Touched = true;
        value = entry.Value;
        return value is not null;
    }

    /// <summary>Puts a value, in place of an older one. The entry keeps its turn, unless the value is heavier.</summary>
    public void Set(TKey key, TValue value)
    {
        var bytes = weighing?.Of(value) ?? 0;
        if (bytes > weighing?.Most)
        {
            // It would push everybody out, and itself in the end.
            Remove(key);
            return;
        }
        Entry? entry = null;
        do
        {
            // A removal that comes between these lines wins: for a cache, that is the safe order.
            if (_entries.TryGetValue(key, out var held))
            {
                if (bytes <= held.Bytes) Replace(held, value);
                if (bytes <= held.Bytes || !Remove(held)) return;
            }
            entry ??= new Entry(key, value, bytes);
        }
        while (!_entries.TryAdd(key, entry));
        Interlocked.Increment(ref _count);
        if (bytes != 0) Interlocked.Add(ref _bytes, bytes);

        // Room is made before the newcomer queues: among entries that are all in use it would be the first to go.
        Shrink();
        _queue.Enqueue(entry);
        Shrink();
    }

    public bool Remove(TKey key)
    {
        if (!_entries.TryRemove(key, out var removed)) return false;
        Forget(removed);
        return true;
    }

    /// <summary>The values held now, in no order. For sweeps and flushes, not for requests.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Snapshot()
    {
        foreach (var (key, entry) in _entries)
            if (entry.Value is { } value) yield return KeyValuePair.Create(key, value);
    }

    // Removed entries stay in the queue, empty, until their turn or until they outnumber the capacity.
    private void Shrink()
    {
        while ((IsFull || _queue.Count > 2 * capacity) && _queue.TryDequeue(out var oldest))
        {
            if (!_entries.TryGetValue(oldest.Key, out var current) || !ReferenceEquals(current, oldest)) continue;
            var full = IsFull;
            if (full && !oldest.Touched)
            {
                Remove(oldest);
                continue;
            }
            // Passing by in search of removed ones is not a turn: it costs nobody their second chance.
            if (full) oldest.Touched = false;
            _queue.Enqueue(oldest);
        }
    }

    private bool IsFull => Count > capacity || (weighing is not null && Bytes > weighing.Most);

    // One that was removed meanwhile was emptied before this, and would keep what nobody finds and nothing counts.
    private void Replace(Entry held, TValue value)
    {
        held.Value = value;
        if (!_entries.TryGetValue(held.Key, out var now) || !ReferenceEquals(now, held)) held.Value = null;
    }

    private bool Remove(Entry entry)
    {
        if (!_entries.TryRemove(KeyValuePair.Create(entry.Key, entry))) return false;
        Forget(entry);
        return true;
    }

    private void Forget(Entry entry)
    {
        entry.Value = null;
        Interlocked.Decrement(ref _count);
        if (entry.Bytes != 0) Interlocked.Add(ref _bytes, -entry.Bytes);
    }
}
