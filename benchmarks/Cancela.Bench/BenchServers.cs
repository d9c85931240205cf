using System.Globalization;
using Cancela.Tests;
using Cancela.Tests.Servers;

namespace Cancela.Bench;

/// <summary>Nodes on PostgreSQL, with Redis beside it or without: processes of their own, started as the tests start them.</summary>
internal static class BenchServers
{
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

    public static Task<ServerProcess> StartAsync(string folder, IEnumerable<string> settings) =>
        ServerProcess.StartAsync(folder, settings, program: Path.Combine(AppContext.BaseDirectory, "Cancela.Bench.dll"));

    /// <summary>Commands that Redis has carried out, by their lower-case name.</summary>
    public static async Task<Dictionary<string, long>> RedisCallsAsync()
    {
        var answer = await (await RedisServer.Shared).AskAsync("INFO", "commandstats");
        return answer.Split('\n').Where(line => line.StartsWith("cmdstat_", StringComparison.Ordinal)).ToDictionary(
            line => line["cmdstat_".Length..line.IndexOf(':', StringComparison.Ordinal)],
            line => long.Parse(line.Split("calls=")[1].Split(',')[0], CultureInfo.InvariantCulture));
    }
}
