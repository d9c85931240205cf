using System.Diagnostics;
using Cancela.Sql;
using Cancela.Sqlite;
using Xunit;

namespace Cancela.Tests.Faults;

/// <summary>kill -9 at any moment takes nothing back that was acknowledged.</summary>
public class Killed_process
{
    private const int Rounds = 20;
    private const int Clients = 6;

    /// <summary>The cheapest hash that is allowed, no limits, and a grace period that a slow restart does not use up.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Password:MemoryKiB"] = "7168",
        ["Password:Iterations"] = "5",
        ["Limits:PerNetwork"] = "0",
        ["Refresh:Grace"] = "00:05:00",
    };

    [Fact]
    public async Task Nothing_acknowledged_is_lost_in_20_kills_during_registrations_rotations_and_logouts()
    {
        var started = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("cancela-kill-").FullName;
        var server = await ServerProcess.StartAsync(folder, Settings);
        try
        {
            var ledgers = new List<Ledger>();
            for (var round = 0; round < Rounds; round++)
            {
                // Another number in each round: the end comes in another statement of another client.
                var ledger = new Ledger(last: 20 + (round * 5), server.Kill);
                await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => new CrashLoad(server.Address, ledger, $"r{round}c{client}").RunAsync()));
                await server.DisposeAsync();
                ledgers.Add(ledger);

                server = await ServerProcess.StartAsync(folder, Settings);
                await using var database = new SqliteDatabase(Path.Combine(folder, "data", "cancela.db"), TimeProvider.System);
                Assert.Equal(["ok"], await ColumnAsync(database, "PRAGMA integrity_check"));
                Assert.Empty(await ColumnAsync(database, "PRAGMA foreign_key_check"));
                await new AfterTheCrash(server.Address, database, ledger).CheckAsync();
            }
            Report(ledgers, started);
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<List<string>> ColumnAsync(Database database, string sql) =>
        database.ReadAllAsync(new(sql), static row => row.GetValue(0).ToString()!, default);

    private static void Report(List<Ledger> ledgers, long started) => Console.WriteLine(
        $"kill -9: {ledgers.Count} rounds, {ledgers.Sum(one => one.Count)} acknowledged (" +
        $"{ledgers.Sum(one => one.Registered.Count)} registrations, {ledgers.Sum(one => one.EndedCookies.Count + one.EndedChains.Count)} logouts, " +
        $"{ledgers.Sum(one => one.Rotations)} rotations, the rest sign-ins), 0 lost, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
}
