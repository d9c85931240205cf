using System.Collections.Concurrent;
using Cancela.Sql;

namespace Cancela.Strategies;

/// <summary>
/// When each session was last used, for the device list. Requests only leave a mark in memory, once a minute each; the
/// marks are written together, later. Losing some with the process loses nothing that anybody relies on.
/// </summary>
internal sealed class LastSeen(Database database, TimeProvider clock)
{
    private const int Most = 100_000;
    private const int AtOnce = 500;
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, long> _marks = new();
    private readonly ConcurrentQueue<Guid> _unwritten = new();

    // The dictionary's own count takes all of its locks.
    private int _held;

    public void Mark(Guid sessionId)
    {
        var now = clock.GetUtcNow().UtcTicks;
        if (_marks.TryGetValue(sessionId, out var before) && now - before < Apart.Ticks) return;
        // A store that is away does not make memory grow: what finds no room is not marked.
        if (Volatile.Read(ref _held) >= Most || _unwritten.Count >= Most) return;
        if (_marks.TryAdd(sessionId, now)) Interlocked.Increment(ref _held);
        // Somebody else has just marked it, or taken the old mark away: the next request marks it again.
        else if (!_marks.TryUpdate(sessionId, now, before)) return;
        _unwritten.Enqueue(sessionId);
    }

    /// <summary>Writes the marks and forgets those that are old enough to be made again.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (!_unwritten.IsEmpty)
        {
            // In one order on every node: two that write the same rows wait for each other, and not each for the other.
            var marks = new SortedDictionary<Guid, long>();
            while (marks.Count < AtOnce && _unwritten.TryDequeue(out var id))
            {
                if (_marks.TryGetValue(id, out var ticks)) marks[id] = ticks;
            }
            await database.TransactAsync(transaction =>
            {
                foreach (var (id, ticks) in marks) Write(transaction, id, ticks);
                return Task.FromResult(true);
            }, cancellationToken);
        }
        var old = clock.GetUtcNow().UtcTicks - Apart.Ticks;
        foreach (var mark in _marks.Where(mark => mark.Value < old))
            if (_marks.TryRemove(mark)) Interlocked.Decrement(ref _held);
    }

    private static void Write(Transaction transaction, Guid id, long ticks) => transaction.Later(new(
        "UPDATE cancela_sessions SET last_seen_at = @seen WHERE id = @id AND last_seen_at < @seen",
        ("id", id), ("seen", new DateTimeOffset(ticks, TimeSpan.Zero))));
}
