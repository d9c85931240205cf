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
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, long> _marks = new();
    private readonly ConcurrentQueue<Guid> _unwritten = new();

    public void Mark(Guid sessionId)
    {
        var now = clock.GetUtcNow().UtcTicks;
        if (_marks.TryGetValue(sessionId, out var before) && now - before < Apart.Ticks) return;
        // A store that is away does not make memory grow: what finds no room is not marked.
        if (_marks.Count >= Most || _unwritten.Count >= Most) return;
        _marks[sessionId] = now;
        _unwritten.Enqueue(sessionId);
    }

    /// <summary>Writes the marks and forgets those that are old enough to be made again.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (!_unwritten.IsEmpty)
        {
            await database.TransactAsync(async transaction =>
            {
                for (var i = 0; i < 500 && _unwritten.TryDequeue(out var id); i++)
                {
                    if (_marks.TryGetValue(id, out var ticks)) await WriteAsync(transaction, id, ticks);
                }
                return true;
            }, cancellationToken);
        }
        var old = clock.GetUtcNow().UtcTicks - Apart.Ticks;
        foreach (var mark in _marks.Where(mark => mark.Value < old)) _marks.TryRemove(mark);
    }

    private static Task<int> WriteAsync(Transaction transaction, Guid id, long ticks) => transaction.RunAsync(new(
        "UPDATE cancela_sessions SET last_seen_at = @seen WHERE id = @id AND last_seen_at < @seen",
        ("id", id), ("seen", new DateTimeOffset(ticks, TimeSpan.Zero))));
}
