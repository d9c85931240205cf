using Cancela.Tests.Servers;

namespace Cancela.Faults;

/// <summary>One node: the server's process, with wires of its own to the database and to Redis that can be cut.</summary>
internal sealed class NodeServer : LoopbackServer
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Cancela.Server.dll");

    // What would make it another's, or send it elsewhere.
    private static readonly string[] Unset =
        ["DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT", "ASPNETCORE_URLS", "DOTNET_URLS", "URLS", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    private readonly string[] _settings;

    private NodeServer(int database, string databaseName, int redis, string[] settings)
        : base(Directory.CreateTempSubdirectory("cancela-node-").FullName, "Cancela listens on")
    {
        ToDatabase = CutOffProxy.Start(database);
        ToRedis = CutOffProxy.Start(redis);
        FromProxy = CutOffProxy.Start(Port);
        _settings =
        [
            $"--Cancela:Database=postgres:Host=127.0.0.1;Port={ToDatabase.Port};Username=postgres;Database={databaseName}",
            $"--Cancela:Redis=127.0.0.1:{ToRedis.Port}", .. settings,
        ];
    }

    /// <summary>Between it and PostgreSQL.</summary>
    public CutOffProxy ToDatabase { get; }

    /// <summary>Between it and Redis.</summary>
    public CutOffProxy ToRedis { get; }

    /// <summary>Between nginx and it.</summary>
    public CutOffProxy FromProxy { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    protected override IEnumerable<string> Command =>
    [
        "env", .. Unset.SelectMany(static name => new[] { "-u", name }), "DOTNET_gcServer=0", "dotnet", Program,
        "--environment", "Development", "--urls", Address.ToString().TrimEnd('/'), .. _settings,
    ];

    public static Task<NodeServer> StartAsync(PostgresServer database, string databaseName, RedisServer redis, string[] settings) =>
        StartedAsync(new NodeServer(database.Port, databaseName, redis.Port, settings));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        ToDatabase.Dispose();
        ToRedis.Dispose();
        FromProxy.Dispose();
    }
}
