using System.Globalization;
using Cancela.Tests;
using Cancela.Tests.Servers;
using Npgsql;

namespace Cancela.Bench;

/// <summary>Nodes on PostgreSQL, with Redis beside it or without: processes of their own, started as the tests start them.</summary>
internal static class BenchServers
{
    /// <summary>Settings of a node that reads the log seldom: its polls are not in a count of statements.</summary>
    public static readonly string[] SeldomRead = ["--Cancela:Revocation:MaxStaleness=00:05:00", "--Cancela:Revocation:PollInterval=00:02:30"];

    // What Redis does for its clients' connections, and counts as well: no call of a request.
    private static readonly string[] Upkeep = ["info", "ping", "echo", "client", "config", "cluster", "subscribe", "publish"];

    /// <summary>What a run without PostgreSQL is told.</summary>
    public static string? WithoutPostgres => PostgresServer.IsInstalled ? null : PostgresServer.Missing;

    /// <summary>What a run without both is told.</summary>
    public static string? WithoutRedis => WithoutPostgres ?? (RedisServer.IsInstalled ? null : RedisServer.Missing);

    /// <summary>Where a new database and Redis are, as the node's settings.</summary>
    public static async Task<string[]> PlaceAsync(bool redis)
    {
        var postgres = await PostgresServer.Shared;
        string[] place = ["--Cancela:Limits:PerNetwork=0", $"--Postgres={await postgres.CreateDatabaseAsync()}"];
        return redis ? [.. place, $"--Redis={(await RedisServer.Shared).ConnectionString}"] : place;
    }

    public static Task<ServerProcess> StartAsync(string folder, IEnumerable<string> settings, IReadOnlyDictionary<string, string?>? environment = null) =>
        ServerProcess.StartAsync(folder, settings, environment, Path.Combine(AppContext.BaseDirectory, "Cancela.Bench.dll"));

    /// <summary>For those who are compared with us: statements are prepared, as ours are.</summary>
    public static NpgsqlDataSource Connect(string postgres) =>
        NpgsqlDataSource.Create("Max Auto Prepare=100;Auto Prepare Min Usages=2;No Reset On Close=true;" + postgres);

    /// <summary>Commands that Redis has carried out for requests.</summary>
    public static async Task<long> RedisRequestsAsync() =>
        (await RedisCallsAsync()).Where(static call => !Upkeep.Contains(call.Key.Split('|')[0])).Sum(static call => call.Value);

    /// <summary>Commands that Redis has carried out, by their lower-case name.</summary>
    public static async Task<Dictionary<string, long>> RedisCallsAsync()
    {
        var answer = await (await RedisServer.Shared).AskAsync("INFO", "commandstats");
        return answer.Split('\n').Where(line => line.StartsWith("cmdstat_", StringComparison.Ordinal)).ToDictionary(
            line => line["cmdstat_".Length..line.IndexOf(':', StringComparison.Ordinal)],
            line => long.Parse(line.Split("calls=")[1].Split(',')[0], CultureInfo.InvariantCulture));
    }
}
