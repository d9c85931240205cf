using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cancela.Revocation;
using Cancela.Sqlite;

namespace Cancela.Bench;

/// <summary>What the revocation set costs a request, and a node at start.</summary>
internal static class RevocationBenchmark
{
    private const int Lookups = 1 << 20;
    private const int Rows = 200_000;

    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddDays(1);

    internal static Func<Task<BenchRow[]>>[] Measurements { get; } =
    [
        () => Task.FromResult(new SetBenchmark(10_000, "10 thousand").Run()),
        () => Task.FromResult(new SetBenchmark(1_000_000, "1 million").Run()),
        () => Task.FromResult(new SetBenchmark(10_000_000, "10 million").Run()),
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

            var strangers = RandomIds(Lookups);
            var clocks = Measure(strangers, _ => staleness.IsConfirmed ? RevocationVerdict.Counts : RevocationVerdict.Unknown);
            var check = Measure(strangers, id => revocations.Check(id, id, 1, "k"));
            var checkAsync = Measure(strangers, id => Completed(revocations.CheckAsync(id, id, 1, "k", CancellationToken.None)));
            return
            [
                new("revocation log loaded from SQLite", $"{perSecond:N0} entries/s", "> 100,000 entries/s", perSecond > 100_000),
                new("staleness clock (boot time and wall clock)", Show(clocks), "< 150 ns, 0 B", IsWithin(clocks, 150)),
                new($"revocation check, {Rows:N0} entries", Show(check), "< 250 ns, 0 B", IsWithin(check, 250)),
                new($"revocation check, asynchronous, {Rows:N0} entries", Show(checkAsync), "< 250 ns, 0 B", IsWithin(checkAsync, 250)),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<int> Fill(SqliteDatabase database, RevocationLog log) => database.TransactAsync(
        async transaction =>
        {
            foreach (var id in RandomIds(Rows)) log.Append(transaction, new RevocationEntry.SessionEnded(id, Later));
            return 0;
        },
        CancellationToken.None);

    // Best of five: what disturbs a run only ever makes it slower.
    private static (double Nanoseconds, long Allocated) Measure(Guid[] ids, Func<Guid, RevocationVerdict> ask)
    {
        var best = double.MaxValue;
        var allocated = 0L;
        for (var run = 0; run < 5; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            foreach (var id in ids)
                if (ask(id) != RevocationVerdict.Counts) throw new InvalidOperationException("A credential that nobody revoked was refused.");
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / ids.Length);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return (best, allocated);
    }

    private static RevocationVerdict Completed(ValueTask<RevocationVerdict> check) =>
        check.IsCompletedSuccessfully ? check.Result : throw new InvalidOperationException("A confirmed node waited.");

    private static string Show((double Nanoseconds, long Allocated) cost) => $"{cost.Nanoseconds:0.0} ns, {cost.Allocated} B";

    private static bool IsWithin((double Nanoseconds, long Allocated) cost, double nanoseconds) =>
        cost.Nanoseconds < nanoseconds && cost.Allocated == 0;

    private static Guid[] RandomIds(int count)
    {
        var ids = new Guid[count];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(ids.AsSpan()));
        return ids;
    }
}
