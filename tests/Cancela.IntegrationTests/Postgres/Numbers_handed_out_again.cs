using Cancela.Postgres;
using Cancela.Revocation;
using Cancela.Tests;
using Cancela.Tests.Revocation;
using Cancela.Tests.Servers;
using Npgsql;
using Xunit;

namespace Cancela.IntegrationTests.Postgres;

/// <summary>
/// A position is the number of a transaction. PostgreSQL hands numbers out again when it was killed before those that were
/// rolled back had reached its disk, and when a replica is promoted. A node that goes on reading behind them would never see
/// the row that gets one.
/// </summary>
public sealed class Numbers_handed_out_again : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private PostgresServer? _server;
    private PostgresDatabase? _database;
    private Node? _node;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _server = await PostgresServer.StartAsync(fsync: true);
        _database = new PostgresDatabase(_server.ConnectionString("postgres"), _clock);
        await _database.PrepareAsync(TestContext.Current.CancellationToken);
        _node = new Node(_database, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _node?.Dispose();
        if (_database is not null) await _database.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_row_with_the_number_of_one_that_was_rolled_back_before_a_crash_is_read()
    {
        // The number that is forgotten has to be rolled back after the last write to the disk: mostly that is so at once.
        var again = false;
        for (var crash = 0; crash < 5 && !again; crash++)
        {
            await EndAsync(Guid.CreateVersion7());
            Assert.True(await _node!.PollAsync());
            var rolledBack = await RollBackAsync();
            Assert.True(await _node.PollAsync());

            _server!.Kill();
            await _server.StartAgainAsync();
            var session = Guid.CreateVersion7();
            again = await EndAsync(session) <= rolledBack;

            await ReadAsync();
            Assert.Equal(RevocationVerdict.SessionEnded, _node.Check(session));
        }
        Assert.True(again, "No number was handed out again: nothing was shown.");
    }

    [Fact]
    public async Task After_a_promotion_all_is_read_again()
    {
        var (before, after) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await EndAsync(before);
        Assert.True(await _node!.PollAsync());

        await _server!.PromoteAsync();
        // As on a replica that has not got so far: its numbers lie below what was read, and soon no more.
        await RunAsync("INSERT INTO cancela_revocations (position, kind, subject, until, recorded_at) "
            + $"VALUES (4, 'session', '{after}', '2030-01-01', '2026-01-15')");

        await ReadAsync();
        Assert.Equal((RevocationVerdict.SessionEnded, RevocationVerdict.SessionEnded), (_node.Check(before), _node.Check(after)));
    }

    // It may lack what its primary acknowledged: what it says of a credential would be a guess.
    [Fact]
    public async Task A_replica_is_not_asked()
    {
        var session = Guid.CreateVersion7();
        Assert.True(await _node!.PollAsync());
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(RevocationVerdict.Counts, await _node.CheckAsync(session));

        await _server!.StandByAsync();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.False(await _node.PollAsync());
            Assert.Equal(RevocationVerdict.Unknown, await _node.CheckAsync(session));
        }
    }

    // The connections of its pool are gone: the first reads may fail.
    private async Task ReadAsync()
    {
        var read = false;
        for (var attempt = 0; attempt < 10 && !read; attempt++) read = await _node!.PollAsync();
        Assert.True(read);
    }

    private Task<long> EndAsync(Guid session) => RunAsync(
        $"INSERT INTO cancela_revocations (kind, subject, until, recorded_at) VALUES ('session', '{session}', '2030-01-01', '2026-01-15') RETURNING position");

    private Task<long> RollBackAsync() => RunAsync("BEGIN; SELECT pg_current_xact_id()::text::bigint; ROLLBACK");

    private async Task<long> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server!.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // the test's own texts
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is long number ? number : 0;
    }
}
