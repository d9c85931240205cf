using Cancela.Postgres;
using Cancela.Tests.Contracts;
using Cancela.Tests.Servers;
using Npgsql;
using Xunit;

namespace Cancela.IntegrationTests.Postgres;

/// <summary>Channels belong to a database, tables to a schema of it: whoever shares the tables hears the ring, and nobody else.</summary>
public sealed class Doorbells_of_schemas : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private PostgresStore? _store;
    private string _folder = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _folder = Directory.CreateTempSubdirectory("cancela-doorbells-").FullName;
        _store = await PostgresStore.MakeAsync(_folder, prepared: true);
        await _store.Sql.RunAsync("CREATE SCHEMA empty_one; CREATE SCHEMA another; CREATE TABLE another.cancela_accounts (id int)");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null) await _store.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_finds_the_same_tables_by_another_path_hears_the_ring()
    {
        await using var ringing = await ConnectAsync("public");
        await using var hearing = await ConnectAsync("empty_one,public");
        Assert.True(await HearsAsync(hearing, ringing));
    }

    [Fact]
    public async Task Another_deployment_in_a_schema_of_the_same_database_does_not()
    {
        var token = TestContext.Current.CancellationToken;
        await using var ringing = await ConnectAsync("another,public");
        await using var hearing = await ConnectAsync("another");
        Assert.True(await HearsAsync(hearing, ringing));

        var heard = new List<string>();
        await using var outside = new NpgsqlConnection($"{_store!.ConnectionString};Pooling=false");
        await outside.OpenAsync(token);
        outside.Notification += (_, ring) => heard.Add(ring.Channel);
        await RunAsync(outside, "LISTEN cancela_revocations; LISTEN afterwards");
        await new PostgresDoorbell(ringing).RingAsync(token);
        // Notifications come in the order of their commits: what was rung before this has been heard by then.
        await using (var after = await ringing.Source.OpenConnectionAsync(token)) await RunAsync(after, "NOTIFY afterwards");
        while (!heard.Contains("afterwards")) Assert.True(await outside.WaitAsync(Patience, token));
        Assert.Equal(["afterwards"], heard);
    }

    private async Task<PostgresConnections> ConnectAsync(string searchPath)
    {
        var connections = new PostgresConnections(PostgresConnections.SettingsOf($"{_store!.ConnectionString};Search Path={searchPath}"));
        await connections.LookAsync(TestContext.Current.CancellationToken);
        return connections;
    }

    private static async Task<bool> HearsAsync(PostgresConnections hearing, PostgresConnections ringing)
    {
        var token = TestContext.Current.CancellationToken;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var rings = new SemaphoreSlim(0);
        var listening = new PostgresDoorbell(hearing).ListenAsync(() => rings.Release(), stop.Token);
        // Once when it begins to hear.
        Assert.True(await rings.WaitAsync(Patience, token));
        await new PostgresDoorbell(ringing).RingAsync(token);
        var heard = await rings.WaitAsync(Patience, token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
        return heard;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
