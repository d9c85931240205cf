using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Cancela.Revocation;

namespace Cancela.Bench;

/// <summary>
/// What the revocation set costs with a number of entries. IDs are asked in random order, so that every lookup starts from cold
/// lines of its tables. What matters most is a session that lives: nearly every request has one, and the set must not find it.
/// </summary>
/// <remarks>
/// The processor begins the next lookup while one waits for memory, as it goes on with a request. The rows "one at a time" put
/// a barrier before each, so that the whole wait is seen: nothing but the machine's memory and who else uses its caches.
/// </remarks>
internal sealed class SetBenchmark(int entries, string name)
{
    private const int Lookups = 1 << 20;
    private const int Batch = 1 << 12;
    private const int Runs = 5;
    private const int Accounts = 1_000;
    private const ulong Strangers = 1UL << 40;

    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddDays(1);

    private RevocationSet _set = new();

    private delegate bool Question(in Guid id);

    private readonly record struct Cost(double Nanoseconds, long Allocated)
    {
        public override string ToString() => $"{Nanoseconds:0.0} ns, {Allocated} B";
    }

    public BenchRow[] Run()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        _set = new RevocationSet();
        var perSecond = Fill();
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)entries;

        // Whoever asks for a session also asks for its account and its key.
        for (var i = 0; i < Accounts; i++) _set.Add(new RevocationEntry.AccountMovedOn(Id(2 * Strangers + (ulong)i), 2, Later));
        foreach (var key in new[] { "2026-01", "2026-02" }) _set.Add(new RevocationEntry.KeyRetired(key, Later));

        var most = entries == 10_000_000;
        return
        [
            Asked("a live session", Measure((in Guid id) => _set.IsEnded(in id), live: true), most ? 60 : null),
            Asked("a live session, one at a time", Measure(IsEndedAlone, live: true)),
            Asked("an ended session", Measure((in Guid id) => _set.IsEnded(in id), live: false)),
            Asked("a live session, its account and its key", Measure(IsRefused, live: true)),
            Weighed(bytes, most),
            BenchRow.Reported($"set of {name}: added by one thread", $"{perSecond:N0} entries/s"),
        ];
    }

    private BenchRow Asked(string what, Cost cost, double? target = null) => new(
        $"set of {name}: {what}", cost.ToString(), target is { } most ? $"<= {most:0} ns, 0 B" : "0 B",
        cost.Allocated == 0 && (target is null || cost.Nanoseconds <= target));

    private BenchRow Weighed(double bytes, bool most)
    {
        var what = $"set of {name}: memory of an entry";
        return most ? new(what, $"{bytes:0.0} B", "<= 24 B", bytes <= 24) : BenchRow.Reported(what, $"{bytes:0.0} B");
    }

    private double Fill()
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < entries; i++) _set.Add(new RevocationEntry.SessionEnded(Id((ulong)i), Later));
        return entries / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private bool IsEndedAlone(in Guid id)
    {
        if (Sse2.IsSupported) Sse2.LoadFence();
        else Thread.MemoryBarrier();
        return _set.IsEnded(in id);
    }

    private bool IsRefused(in Guid id) => _set.Find(id, id, 1, "2026-03") != RevocationVerdict.Counts;

    // Best of five: what disturbs a run only ever makes it slower. Few IDs at a time: a long list of them would take the
    // caches from the set. New ones for each run, so that none finds its lines where the one before left them.
    private Cost Measure(Question isRefused, bool live)
    {
        var ids = new Guid[Batch];
        var best = double.MaxValue;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < Runs; run++)
        {
            var ticks = 0L;
            for (var first = run * Lookups; first < (run + 1) * Lookups; first += Batch)
            {
                for (var i = 0; i < ids.Length; i++) ids[i] = Some((ulong)(first + i), live);
                var started = Stopwatch.GetTimestamp();
                var refused = Ask(isRefused, ids);
                ticks += Stopwatch.GetTimestamp() - started;
                if (refused != (live ? 0 : Batch)) throw new InvalidOperationException("The set does not know what it was told.");
            }
            best = Math.Min(best, Stopwatch.GetElapsedTime(0, ticks).TotalNanoseconds / Lookups);
        }
        return new Cost(best, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static int Ask(Question isRefused, Guid[] ids)
    {
        var refused = 0;
        for (var i = 0; i < ids.Length; i++) refused += isRefused(in ids[i]) ? 1 : 0;
        return refused;
    }

    private Guid Some(ulong number, bool live) => Id(live ? Strangers + number : Math.BigMul(Mix(number), (ulong)entries, out _));

    private static Guid Id(ulong number) => Unsafe.BitCast<UInt128, Guid>(new UInt128(Mix(number), Mix(~number)));

    // The finalizer of SplitMix64: numbers in a row become numbers without order.
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
