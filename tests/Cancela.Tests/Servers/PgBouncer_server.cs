using Npgsql;
using Xunit;

namespace Cancela.Tests.Servers;

public sealed class PgBouncer_server
{
    [Fact]
    public async Task Two_clients_take_turns_on_one_connection()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        Assert.SkipUnless(PgBouncerServer.IsInstalled, PgBouncerServer.Missing);
        var postgres = await PostgresServer.Shared;
        var database = await postgres.CreateDatabaseAsync();
        await using var server = await PgBouncerServer.StartAsync(postgres.Port, poolSize: 1);
        var through = server.ConnectionString(new NpgsqlConnectionStringBuilder(database).Database!) + ";Pooling=false;No Reset On Close=true";

        await using var one = new NpgsqlConnection(through);
        await using var other = new NpgsqlConnection(through);
        await one.OpenAsync();
        await other.OpenAsync();

        Assert.Equal(await BackendAsync(one), await BackendAsync(other));
    }

    [Fact]
    public async Task Killed_and_started_again_it_is_on_the_same_port()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        Assert.SkipUnless(PgBouncerServer.IsInstalled, PgBouncerServer.Missing);
        await using var server = await PgBouncerServer.StartAsync((await PostgresServer.Shared).Port);
        var before = server.Pid;

        server.Kill();
        Assert.False(Processes.IsRunning(before));
        await server.StartAgainAsync();

        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        Assert.True(await BackendAsync(connection) > 0);
    }

    [Fact]
    public async Task Disposed_it_leaves_nothing_behind()
    {
        Assert.SkipUnless(PgBouncerServer.IsInstalled, PgBouncerServer.Missing);
        var server = await PgBouncerServer.StartAsync(port: 1);
        var pid = server.Pid;
        Assert.True(Processes.IsRunning(pid));

        await server.DisposeAsync();

        Assert.False(Processes.IsRunning(pid));
        Assert.False(Directory.Exists(server.Folder));
    }

    private static async Task<int> BackendAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
