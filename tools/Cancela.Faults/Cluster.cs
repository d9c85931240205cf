using System.Buffers.Text;
using System.Security.Cryptography;
using Cancela.Tests.Servers;
using Npgsql;

namespace Cancela.Faults;

/// <summary>Three nodes on one PostgreSQL and one Redis, and nginx before them: all processes of their own.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Size = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Cluster(PostgresServer database, string connectionString, RedisServer redis) => (Database, ConnectionString, Redis) = (database, connectionString, redis);

    public PostgresServer Database { get; }

    public string ConnectionString { get; }

    public RedisServer Redis { get; }

    public List<NodeServer> Nodes { get; } = [];

    public NginxServer Proxy { get; private set; } = null!;

    /// <summary>The nodes', and at last nginx'.</summary>
    public IReadOnlyList<Door> Doors { get; private set; } = [];

    public static string? Missing =>
        !PostgresServer.IsInstalled ? PostgresServer.Missing : !RedisServer.IsInstalled ? RedisServer.Missing : !NginxServer.IsInstalled ? NginxServer.Missing : null;

    /// <param name="settings">Of each node.</param>
    public static async Task<Cluster> StartAsync(IEnumerable<string> settings)
    {
        var database = await PostgresServer.StartAsync();
        var cluster = new Cluster(database, await database.CreateDatabaseAsync(), await RedisServer.StartAsync());
        try
        {
            await cluster.StartNodesAsync([.. settings, $"--Cancela:Signing:Secret={Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}"]);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an account an administrator, as an operator does.</summary>
    public async Task PromoteAsync(string email)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand("UPDATE cancela_accounts SET role = 'ADMIN' WHERE email_key = $1");
        command.Parameters.AddWithValue(email);
        if (await command.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException($"There is no {email}.");
    }

    /// <summary>Returns when every door accepts the credential.</summary>
    public async Task ServesAsync(Credential credential)
    {
        var until = Ticks.Now + Ticks.Of(Patience);
        foreach (var door in Doors)
        {
            while ((await door.SendAsync(HttpMethod.Get, "/auth/me", credential)).Status != 200)
            {
                if (Ticks.Now > until) throw new TimeoutException($"{Door.NameOf(door.Number)} does not serve again:\n{OutputOf(door.Number)}");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in Doors) door.Dispose();
        if (Proxy is not null) await Proxy.DisposeAsync();
        foreach (var node in Nodes) await node.DisposeAsync();
        await Redis.DisposeAsync();
        await Database.DisposeAsync();
    }

    private string OutputOf(int door) => door == Door.Proxy ? Proxy.Output : Nodes[door].Output;

    private async Task StartNodesAsync(string[] settings)
    {
        var name = new NpgsqlConnectionStringBuilder(ConnectionString).Database!;
        for (var i = 0; i < Size; i++) Nodes.Add(await NodeServer.StartAsync(Database, name, Redis, settings));
        Proxy = await NginxServer.StartAsync(port =>
            $$"""
            upstream cancela {
              {{string.Join(' ', Nodes.Select(static node => $"server 127.0.0.1:{node.FromProxy.Port} max_fails=2 fail_timeout=1s;"))}}
              keepalive 16;
            }
            server {
              listen 127.0.0.1:{{port}};
              location / {
                proxy_pass http://cancela;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_connect_timeout 1s;
                proxy_read_timeout 10s;
              }
            }
            """);
        Doors = [.. Nodes.Select(static (node, i) => new Door(i, node.Address)), new Door(Door.Proxy, Proxy.Address)];
    }
}
