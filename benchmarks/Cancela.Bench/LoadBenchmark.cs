using System.Diagnostics;
using Cancela.Postgres;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cancela.Bench;

/// <summary>What a node does before it is ready: the whole live log, from PostgreSQL into its set.</summary>
internal static class LoadBenchmark
{
    private const int Rows = 1_000_000;
    private const int Loads = 5;
    private const int MostReads = 5;
    private const double Target = 500_000;

    internal static async Task<BenchRow[]> RunAsync()
    {
        var server = await PostgresServer.Shared;
        var place = await server.CreateDatabaseAsync();
        try
        {
            await using var database = new PostgresDatabase(place, TimeProvider.System);
            await database.PrepareAsync(CancellationToken.None);
            await FillAsync(place);
            // What was measured before leaves its arrays to the collector.
            GC.Collect();
            var loads = new List<double>();
            for (var i = 0; i < Loads; i++) loads.Add(await LoadAsync(database));
            loads.Sort();
            return
            [
                new($"revocation log loaded from PostgreSQL, {Rows:N0} entries: best of {Loads}", $"{loads[^1]:N0} entries/s", $">= {Target:N0} entries/s", loads[^1] >= Target),
                BenchRow.Reported("the median and the slowest of them", $"{loads[Loads / 2]:N0} and {loads[0]:N0} entries/s"),
            ];
        }
        finally
        {
            await server.DropDatabaseAsync(place);
        }
    }

    // Ended sessions, and one account in a hundred: what a deployment has.
    private static async Task FillAsync(string place)
    {
        // Not through Cancela, which gives a statement five seconds.
        await using var source = Npgsql.NpgsqlDataSource.Create(place + ";Command Timeout=300");
        await using var fill = source.CreateCommand(
            $"""
            INSERT INTO cancela_revocations (kind, subject, min_version, until, recorded_at)
            SELECT CASE WHEN n % 100 = 0 THEN 'account' ELSE 'session' END, gen_random_uuid()::text, CASE WHEN n % 100 = 0 THEN 2 ELSE 0 END, now() + interval '1 day', now()
            FROM generate_series(1, {Rows}) AS n
            """);
        await fill.ExecuteNonQueryAsync();
        // As after some time: the server has looked at its rows since they were written.
        await using var tidy = source.CreateCommand("VACUUM (ANALYZE) cancela_revocations");
        await tidy.ExecuteNonQueryAsync();
    }

    // A node as the library puts it together, from nothing to ready.
    private static async Task<double> LoadAsync(Database database)
    {
        var clock = new BootClock();
        var options = new RevocationOptions();
        var set = new RevocationSet();
        var staleness = new StalenessClock(clock, options.MaxStaleness);
        var log = new RevocationLog(database, set, clock);
        using var reader = new LogReader(log, set, staleness, options, clock);
        using var doorbell = new Doorbell();
        using var follower = new RevocationFollower(reader, log, set, doorbell, options, clock, NullLogger<RevocationFollower>.Instance);

        var started = Stopwatch.GetTimestamp();
        // A node whose first read is given up, because nothing came for T, begins again: that is in its time too.
        for (var reads = 1; !await follower.FollowOnceAsync(CancellationToken.None); reads++)
            if (reads == MostReads) await reader.ReadAsync(CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started);
        return follower.IsLoaded && set.Count == Rows ? Rows / elapsed.TotalSeconds : throw new InvalidOperationException($"{set.Count} entries were loaded.");
    }
}
