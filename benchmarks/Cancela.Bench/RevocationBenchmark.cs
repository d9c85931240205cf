using System.Diagnostics;
using Cancela.Bench.Micro;
using Cancela.Revocation;
using Cancela.Sqlite;

namespace Cancela.Bench;

/// <summary>What the revocation set costs a request, and a node at start.</summary>
internal static class RevocationBenchmark
{
    private const int Rows = 200_000;

    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddDays(1);

    internal static Func<Task<BenchRow[]>>[] Measurements { get; } =
    [
        () => Task.FromResult(RevocationFigures.Measure(10_000, "10 thousand")),
        () => Task.FromResult(RevocationFigures.Measure(1_000_000, "1 million")),
        () => Task.FromResult(RevocationFigures.Measure(10_000_000, "10 million")),
        OfDoor,
    ];

    private static async Task<BenchRow[]> OfDoor()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            var clock = new BootClock();
            await using var database = new SqliteDatabase(Path.Combine(folder, "bench.db"), clock);
            await database.PrepareAsync(CancellationToken.None);
            var options = new RevocationOptions { MaxStaleness = TimeSpan.FromMinutes(5) };
            var set = new RevocationSet();
            var staleness = new StalenessClock(clock, options.MaxStaleness);
            var log = new RevocationLog(database, new RevocationSet(), clock);
            using var reader = new LogReader(log, set, staleness, options, clock);
            using var revocations = new Revocations(set, staleness, log, options, clock);
            await Fill(database, log);

            var started = Stopwatch.GetTimestamp();
            await reader.ReadAsync(CancellationToken.None);
            var perSecond = Rows / Stopwatch.GetElapsedTime(started).TotalSeconds;

            (CheckBenchmarks.Revocations, CheckBenchmarks.Staleness) = (revocations, staleness);
            var figures = MicroRun.Of<CheckBenchmarks>();
            return
            [
                new("revocation log loaded from SQLite", $"{perSecond:N0} entries/s", "> 100,000 entries/s", perSecond > 100_000),
                figures[nameof(CheckBenchmarks.Clock)].Row("staleness clock (boot time and wall clock)", 150, 0),
                figures[nameof(CheckBenchmarks.Check)].Row($"revocation check, {Rows:N0} entries", 250, 0),
                figures[nameof(CheckBenchmarks.CheckAsync)].Row($"revocation check, asynchronous, {Rows:N0} entries", 250, 0),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<int> Fill(SqliteDatabase database, RevocationLog log) => database.TransactAsync(
        transaction =>
        {
            for (var i = 0; i < Rows; i++) log.Append(transaction, new RevocationEntry.SessionEnded(RandomIds.Of((ulong)i), Later));
            return Task.FromResult(0);
        },
        CancellationToken.None);
}
