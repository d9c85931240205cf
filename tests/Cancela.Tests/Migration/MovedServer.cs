using Cancela.Tests.Servers;
using Xunit;

namespace Cancela.Tests.Migration;

/// <summary>A server process at one address, on SQLite until it is moved and on PostgreSQL from then on.</summary>
internal sealed class MovedServer : IAsyncDisposable
{
    // The cheapest hash that is allowed, and a grace period that the change does not use up.
    private static readonly string[] Always =
    [
        "--Cancela:Password:MemoryKiB=7168", "--Cancela:Password:Iterations=5", "--Cancela:Limits:PerNetwork=0", "--Cancela:Refresh:Grace=00:05:00",
    ];

    private readonly ServerFolder _folder = new();
    private readonly PostgresServer _postgres;
    private readonly string _connectionString;
    private readonly string _urls = $"http://127.0.0.1:{LoopbackPort.Free()}";
    private readonly string[] _settings;
    private ServerProcess? _server;

    private MovedServer(PostgresServer postgres, string connectionString, string[] settings) =>
        (_postgres, _connectionString, _settings) = (postgres, connectionString, settings);

    public Uri Address => new(_urls);

    public string Target => _connectionString;

    public RawSql Source => _folder.Sql;

    private string ToPostgres => "postgres:" + _connectionString;

    public static async Task<MovedServer> StartAsync(params string[] settings)
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var postgres = await PostgresServer.Shared;
        var moved = new MovedServer(postgres, await postgres.CreateDatabaseAsync(), settings);
        await moved.StartOnSqliteAsync();
        return moved;
    }

    public async Task StartOnSqliteAsync() => _server = await _folder.StartAsync(["--urls", _urls, .. Always, .. _settings]);

    public async Task StartOnPostgresAsync() =>
        _server = await _folder.StartAsync(["--urls", _urls, $"--Cancela:Database={ToPostgres}", .. Always, .. _settings]);

    public async Task StopAsync()
    {
        Assert.Equal(0, await _server!.StopAsync());
        await _server.DisposeAsync();
    }

    public Task<Ended> MigrateAsync(params string[] more) => _folder.RunAsync(["migrate", "--from", "sqlite:data/cancela.db", "--to", ToPostgres, .. more]);

    public Task<Ended> RunAsync(params string[] arguments) => _folder.RunAsync(arguments);

    /// <summary>A command on the new database.</summary>
    public Task<Ended> RunOnTargetAsync(params string[] arguments) => _folder.RunAsync([.. arguments, $"--Cancela:Database={ToPostgres}"]);

    public TestClient Client(string? bearer = null, Dictionary<string, string>? cookies = null)
    {
        var client = new TestClient(Address) { Bearer = bearer };
        foreach (var (name, value) in cookies ?? []) client.Cookies[name] = value;
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _postgres.DropDatabaseAsync(_connectionString);
        _folder.Dispose();
    }
}
