using System.Diagnostics;
using Cancela.Revocation;

namespace Cancela.Bench.Micro;

/// <summary>What the revocation set costs with a number of entries: the time of a lookup, the memory of an entry.</summary>
internal static class RevocationFigures
{
    private const int Most = 10_000_000;
    private const int Accounts = 1_000;

    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddDays(1);

    public static BenchRow[] Measure(int entries, string name)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var set = new RevocationSet();
        var perSecond = Fill(set, entries);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)entries;
        for (var i = 0; i < Accounts; i++) set.Add(new RevocationEntry.AccountMovedOn(RandomIds.Of(ulong.MaxValue / 2 + (ulong)i), 2, Later));
        foreach (var key in new[] { "2026-01", "2026-02" }) set.Add(new RevocationEntry.KeyRetired(key, Later));

        (RevocationBenchmarks.Set, RevocationBenchmarks.Entries) = (set, entries);
        var figures = MicroRun.Of<RevocationBenchmarks>();
        (RevocationBenchmarks.Set, RevocationBenchmarks.Entries) = (null!, 0);
        var drawing = figures[nameof(RevocationBenchmarks.Drawing)];
        return
        [
            figures[nameof(RevocationBenchmarks.Live)].Row($"set of {name}: a live session", entries == Most ? 60 : null, 0) with { Remark = $"the drawing of its ID, {drawing.Nanoseconds:0.0} ns, in each of these" },
            figures[nameof(RevocationBenchmarks.LiveAlone)].Row($"set of {name}: a live session, one at a time", bytes: 0),
            figures[nameof(RevocationBenchmarks.Ended)].Row($"set of {name}: an ended session", bytes: 0),
            figures[nameof(RevocationBenchmarks.LiveWithAccountAndKey)].Row($"set of {name}: a live session, its account and its key", bytes: 0),
            Weighed($"set of {name}: memory of an entry", bytes, entries == Most),
            BenchRow.Reported($"set of {name}: added by one thread", $"{perSecond:N0} entries/s"),
        ];
    }

    private static double Fill(RevocationSet set, int entries)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < entries; i++) set.Add(new RevocationEntry.SessionEnded(RandomIds.Of((ulong)i), Later));
        return entries / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static BenchRow Weighed(string what, double bytes, bool most) =>
        most ? new(what, $"{bytes:0.0} B", "<= 24 B", bytes <= 24) { IsCount = true } : BenchRow.Reported(what, $"{bytes:0.0} B");
}
