using Cancela.Postgres;
using Cancela.Revocation;
using Cancela.Tests;
using Cancela.Tests.Revocation;
using Cancela.Tests.Servers;
using Npgsql;
using Xunit;

namespace Cancela.IntegrationTests.Postgres;

/// <summary>
/// Numbers are handed out before the commit: a row with a lower one may become visible after a row with a higher one. Whoever
/// remembers the highest number that they saw never reads it.
/// </summary>
public sealed class Reading_the_log_by_horizon : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private string _connection = "";
    private PostgresDatabase? _database;
    private Node? _node;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _connection = await (await PostgresServer.Shared).CreateDatabaseAsync();
        _database = new PostgresDatabase(_connection, _clock);
        await _database.PrepareAsync(TestContext.Current.CancellationToken);
        _node = new Node(_database, _clock);
        Assert.True(await _node.PollAsync());
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _node?.Dispose();
        if (_database is null) return;
        await _database.DisposeAsync();
        await (await PostgresServer.Shared).DropDatabaseAsync(_connection);
    }

    [Fact]
    public async Task A_row_that_a_slow_transaction_commits_later_is_read_and_a_naive_cursor_loses_it()
    {
        var (slow, quick) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var naive = new NaiveReader(_connection);
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);

        await EndAsync(connection, slow); // it has its number, and nobody sees it
        await EndAsync(null, quick);
        await naive.ReadAsync();
        Assert.True(await _node!.PollAsync());
        Assert.Equal((RevocationVerdict.Counts, RevocationVerdict.SessionEnded), (_node.Check(slow), _node.Check(quick)));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await naive.ReadAsync();
        Assert.True(await _node.PollAsync());

        Assert.Equal([quick], naive.Found);
        Assert.Equal((RevocationVerdict.SessionEnded, RevocationVerdict.SessionEnded), (_node.Check(slow), _node.Check(quick)));
    }

    [Fact]
    public async Task It_is_read_however_many_reads_lie_between_its_number_and_its_commit()
    {
        var slow = Guid.CreateVersion7();
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await EndAsync(connection, slow);

        for (var read = 0; read < 20; read++)
        {
            await EndAsync(null, Guid.CreateVersion7());
            Assert.True(await _node!.PollAsync());
        }
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        Assert.True(await _node!.PollAsync());
        Assert.Equal(RevocationVerdict.SessionEnded, _node.Check(slow));
    }

    // Eight transactions at any time, each open for as long as another one takes: the reader reads all the while.
    [Fact]
    public async Task Of_many_transactions_that_overtake_each_other_none_is_missed()
    {
        const int writers = 8, each = 50;
        var naive = new NaiveReader(_connection);
        var ended = new List<Guid>();
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            await using var connection = await OpenAsync();
            for (var n = 0; n < each; n++)
            {
                var session = Guid.CreateVersion7();
                lock (ended) ended.Add(session);
                await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
                await EndAsync(connection, session);
                for (var step = 0; step < writer; step++) await RunAsync(connection, "SELECT 1");
                await transaction.CommitAsync(TestContext.Current.CancellationToken);
            }
        })));
        while (!writing.IsCompleted)
        {
            await naive.ReadAsync();
            Assert.True(await _node!.PollAsync());
        }
        await writing;
        await naive.ReadAsync();
        Assert.True(await _node!.PollAsync());

        Assert.Equal(writers * each, ended.Count);
        Assert.All(ended, session => Assert.Equal(RevocationVerdict.SessionEnded, _node.Check(session)));
        Assert.True(naive.Found.Count < ended.Count, "The transactions did not overtake each other: nothing was shown.");
    }

    /// <summary>Ends a session in the transaction of a connection, or in one of its own.</summary>
    private async Task EndAsync(NpgsqlConnection? connection, Guid session)
    {
        var sql = $"INSERT INTO cancela_revocations (kind, subject, until, recorded_at) VALUES ('session', '{session}', '2030-01-01', '2026-01-15')";
        if (connection is not null)
        {
            await RunAsync(connection, sql);
            return;
        }
        await using var own = await OpenAsync();
        await RunAsync(own, sql);
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // the test's own texts
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Remembers the highest number that it saw.</summary>
    private sealed class NaiveReader(string connectionString)
    {
        private long _seen;

        public List<Guid> Found { get; } = [];

        public async Task ReadAsync()
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("SELECT position, subject FROM cancela_revocations WHERE position > @seen ORDER BY position", connection);
            command.Parameters.AddWithValue("seen", _seen);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                _seen = reader.GetInt64(0);
                Found.Add(Guid.Parse(reader.GetString(1)));
            }
        }
    }
}
