using Cancela.Revocation;
using Cancela.Sql;
using Microsoft.Extensions.Logging;

namespace Cancela.Tests.Revocation;

/// <summary>One node's revocation, put together as the library does it, over a line to the database that can be cut.</summary>
internal sealed class Node : IDisposable
{
    public Node(Database database, TimeProvider clock, RevocationOptions? options = null)
    {
        Options = options ?? new RevocationOptions();
        Database = new CutOffDatabase(database);
        Staleness = new StalenessClock(clock, Options.MaxStaleness);
        Log = new RevocationLog(Database, Set, clock);
        Reader = new LogReader(Log, Set, Staleness, Options, clock);
        Follower = new RevocationFollower(Reader, Log, Set, Doorbell, Options, clock, Lines);
        Revocations = new Revocations(Set, Staleness, Log, Options, clock);
    }

    public RevocationOptions Options { get; }
    public CutOffDatabase Database { get; }
    public RevocationSet Set { get; } = new();
    public StalenessClock Staleness { get; }
    public RevocationLog Log { get; }
    public LogReader Reader { get; }
    public Doorbell Doorbell { get; } = new();
    public RevocationFollower Follower { get; }
    public Revocations Revocations { get; }
    public Lines Lines { get; } = new();

    public Task<bool> PollAsync() => Follower.FollowOnceAsync(CancellationToken.None);

    public Task RecordAsync(RevocationEntry entry) => Database.TransactAsync(
        async transaction =>
        {
            Log.Append(transaction, entry);
            return 0;
        },
        CancellationToken.None);

    public RevocationVerdict Check(Guid session) => Revocations.Check(session, Guid.Empty, 1, null);

    public Task<RevocationVerdict> CheckAsync(Guid session) => Revocations.CheckAsync(session, Guid.Empty, 1, null, CancellationToken.None).AsTask();

    public void Dispose()
    {
        Follower.Dispose();
        Doorbell.Dispose();
        Revocations.Dispose();
        Reader.Dispose();
    }
}

/// <summary>The ids of what was logged, in order.</summary>
internal sealed class Lines : ILogger<RevocationFollower>
{
    private readonly Lock _lock = new();
    private readonly List<int> _ids = [];

    public IReadOnlyList<int> Ids
    {
        get
        {
            lock (_lock) return [.. _ids];
        }
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock) _ids.Add(eventId.Id);
    }
}
