using Npgsql;
using Xunit;

namespace Cancela.Tests.Servers;

public sealed class Postgres_server
{
    [Fact]
    public async Task Databases_are_made_and_asked()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var server = await PostgresServer.Shared;

        var first = await server.CreateDatabaseAsync();
        await RunAsync(first, "CREATE TABLE t AS SELECT 7 AS n");
        var copy = await server.CreateDatabaseAsync(new NpgsqlConnectionStringBuilder(first).Database);
        var empty = await server.CreateDatabaseAsync();

        Assert.Equal(7, await AskAsync(copy, "SELECT n FROM t"));
        await Assert.ThrowsAsync<PostgresException>(() => AskAsync(empty, "SELECT n FROM t"));
        await server.DropDatabaseAsync(copy);
        await Assert.ThrowsAsync<PostgresException>(() => AskAsync(copy, "SELECT 1"));
    }

    [Fact]
    public async Task Paused_it_answers_nobody_and_goes_on_where_it_was()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        await using var server = await PostgresServer.StartAsync();
        await using var open = await OpenAsync(server.ConnectionString("postgres"));
        await using var question = new NpgsqlCommand("SELECT 1", open);

        server.Pause();
        var asked = question.ExecuteScalarAsync();
        var connected = AskAsync(server.ConnectionString("postgres") + ";Timeout=30", "SELECT 2");
        await Assert.ThrowsAsync<TimeoutException>(() => Task.WhenAny(asked, connected).WaitAsync(TimeSpan.FromMilliseconds(300)));
        server.Resume();

        Assert.Equal(1, await asked);
        Assert.Equal(2, await connected);
    }

    [Fact]
    public async Task Killed_and_started_again_it_has_what_was_acknowledged()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        await RunAsync(database, "CREATE TABLE t (n int)");
        await using var open = await OpenAsync(database);
        await RunAsync(open, "INSERT INTO t VALUES (8)");
        var before = server.Pid;

        server.Kill();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(open, "INSERT INTO t VALUES (9)"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(database, "SELECT 1"));
        await server.StartAgainAsync();

        Assert.Equal(8, await AskAsync(database, "SELECT sum(n)::int FROM t"));
        Assert.NotEqual(before, server.Pid);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposed_it_leaves_nothing_behind(bool paused)
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var server = await PostgresServer.StartAsync();
        await using var open = await OpenAsync(server.ConnectionString("postgres"));
        int[] all = [server.Pid, open.ProcessID];
        Assert.All(all, pid => Assert.True(Processes.IsRunning(pid)));
        if (paused) server.Pause();

        await server.DisposeAsync();

        Assert.All(all, pid => Assert.False(Processes.IsRunning(pid)));
        Assert.False(Directory.Exists(server.Folder));
    }

    [Fact]
    public async Task Stopped_fast_it_throws_out_who_is_connected()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        await using var server = await PostgresServer.StartAsync();
        await using var open = await OpenAsync(server.ConnectionString("postgres"));

        await server.StopAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(open, "SELECT 1"));
        await server.StartAgainAsync();
        Assert.Equal(1, await AskAsync(server.ConnectionString("postgres"), "SELECT 1"));
    }

    private static async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<int> AskAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        return await AskAsync(connection, sql);
    }

    private static async Task<int> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private static async Task RunAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await RunAsync(connection, sql);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
