using System.Diagnostics;
using Xunit;

namespace Cancela.Tests.Faults;

/// <summary>kill -9 at any moment takes nothing back that was acknowledged.</summary>
public class Killed_process
{
    private const int Rounds = 20;
    private const int Clients = 6;

    /// <summary>The cheapest hash that is allowed, no limits, and a grace period that a slow restart does not use up.</summary>
    private static readonly string[] Settings =
    [
        "--Cancela:Password:MemoryKiB=7168", "--Cancela:Password:Iterations=5", "--Cancela:Limits:PerNetwork=0", "--Cancela:Refresh:Grace=00:05:00",
    ];

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
                var sql = new RawSql(Path.Combine(folder, "data", "cancela.db"));
                Assert.Equal(["ok"], await sql.ColumnAsync("PRAGMA integrity_check"));
                Assert.Empty(await sql.ColumnAsync("PRAGMA foreign_key_check"));
                await new AfterTheCrash(server.Address, sql, ledger).CheckAsync();
            }
            Report(ledgers, started);
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(List<Ledger> ledgers, long started) => Console.WriteLine(
        $"kill -9: {ledgers.Count} rounds, {ledgers.Sum(one => one.Count)} acknowledged (" +
        $"{ledgers.Sum(one => one.Registered.Count)} registrations, {ledgers.Sum(one => one.EndedCookies.Count + one.EndedChains.Count)} logouts, " +
        $"{ledgers.Sum(one => one.Rotations)} rotations, the rest sign-ins), 0 lost, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
}
