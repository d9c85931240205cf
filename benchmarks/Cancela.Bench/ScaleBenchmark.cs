using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cancela.Revocation;
using Cancela.Strategies;

namespace Cancela.Bench;

/// <summary>
/// The figures of <c>docs/scale.md</c>: how many entries a rate of revocations leaves in every node, what so many cost the node, and
/// how often the nodes read the log. The set is the real one, the lifetimes and gaps are the code's own; nodes are counted, not started.
/// </summary>
internal static class ScaleBenchmark
{
    private const int Accounts = 1_000_000;
    private const int Nodes = 1_000;

    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow();
    private static readonly int[] Rates = [1, 100, 10_000];

    public static Task<BenchRow[]> Entries() => Task.FromResult<BenchRow[]>([.. Lifetimes().SelectMany(static one => Rates.Select(rate => BenchRow.Reported(
        $"{one.What}, {rate:N0} ended a second", $"{rate * one.Kept.TotalSeconds:N0} entries") with { Remark = $"kept for {one.Kept}" }))]);

    public static Task<BenchRow[]> Set(int entries) => Task.FromResult(OfSet(entries));

    public static Task<BenchRow[]> Reads() => Task.FromResult<BenchRow[]>([.. Rates.Select(static rate =>
    {
        var reads = ReadsPerSecond(rate);
        return BenchRow.Reported($"{Nodes:N0} nodes, {rate:N0} revocations a second", $"{reads * Nodes:N0} reads/s, {(double)rate * Nodes:N0} rows/s") with { Remark = $"{reads:0.0} reads/s a node" };
    })]);

    // As CredentialLifetimes has it, for a session that ends the moment it began: the longest. A set keeps each five minutes more.
    private static IEnumerable<(string What, TimeSpan Kept)> Lifetimes()
    {
        var (session, jwt, refresh) = (new SessionOptions(), new JwtOptions(), new RefreshOptions());
        var lifetimes = new CredentialLifetimes(session, jwt, refresh);
        yield return Of("session", StrategyNames.Session, session.Lifetime);
        yield return Of("jwt, jwt-cookie", StrategyNames.Jwt, jwt.Lifetime);
        yield return Of("refresh-denylist", StrategyNames.RefreshDenylist, refresh.Lifetime);
        yield return Of("refresh-rotation", StrategyNames.RefreshRotation, refresh.Lifetime);

        (string, TimeSpan) Of(string what, string strategy, TimeSpan lifetime) => (what, Kept(new SessionRow(
            Guid.Empty, Guid.Empty, strategy, "", "", Start, Start, Start, Start + lifetime, Start + lifetime, null, null)));
        TimeSpan Kept(SessionRow row) => lifetimes.EndOfCredentials(row, Start) - Start + RevocationSet.Margin;
    }

    // A sixth of the sessions runs out first: from an eighth on a table is made anew, and that is what a node's reader waits for longest.
    private static BenchRow[] OfSet(int entries)
    {
        var set = new RevocationSet();
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        var (soon, later) = (Start.AddHours(1), Start.AddDays(1));
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < entries; i++) set.Add(new RevocationEntry.SessionEnded(Id((ulong)i), i % 6 == 0 ? soon : later));
        var filled = Stopwatch.GetElapsedTime(started);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - empty;
        var looked = Timed(() => set.Drop(Start));
        if (set.Count != entries) throw new InvalidOperationException("The set forgot what has not run out.");
        var remade = Timed(() => set.Drop(soon + RevocationSet.Margin + TimeSpan.FromMinutes(1)));
        if (set.Count > entries - entries / 6) throw new InvalidOperationException("The set keeps what has run out.");

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Accounts; i++) set.Add(new RevocationEntry.AccountMovedOn(Id(~(ulong)i), 2, later));
        var account = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Accounts;
        var name = $"{entries / 1_000_000} million";
        BenchRow[] rows =
        [
            BenchRow.Reported($"set of {name}: memory", $"{bytes / 1e9:0.00} GB, {bytes / (double)entries:0.0} B an entry"),
            BenchRow.Reported($"set of {name}: filled by one thread", $"{entries / filled.TotalSeconds:N0} entries/s, {filled.TotalSeconds:0.0} s"),
            BenchRow.Reported($"set of {name}: looked through for what ran out, every 30 s", $"{looked.TotalMilliseconds:N0} ms"),
            BenchRow.Reported($"set of {name}: made anew without a sixth", $"{remade.TotalMilliseconds:N0} ms"),
            BenchRow.Reported($"set of {name}: memory of an account that moved on", $"{account:0.0} B"),
        ];
        GC.KeepAlive(set);
        return rows;
    }

    private static TimeSpan Timed(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started);
    }

    // One node, as RevocationFollower goes round, for ten minutes in which others revoke at random. A read takes a millisecond.
    private static double ReadsPerSecond(int rate)
    {
        const double seconds = 600, read = 0.001;
        var (poll, gap) = (new RevocationOptions().PollInterval.TotalSeconds, DoorbellExchange.Gap.TotalSeconds);
        var (now, reads, drawn) = (0.0, 0, 0UL);
        var ring = Next();
        while (now < seconds)
        {
            var began = now;
            now += read;
            reads++;
            if (ring > now + poll)
            {
                now += poll;
                continue;
            }
            // It rang while the log was read, or rings before the poll. What rings while it breathes is heard after the next read.
            now = Math.Max(now, ring);
            while (ring <= now) ring += Next();
            now = Math.Max(now, began + gap);
        }
        return reads / now;

        double Next() => -Math.Log(((Mix(drawn++) >> 11) + 1) / (double)(1UL << 53)) / rate;
    }

    private static Guid Id(ulong number) => Unsafe.BitCast<UInt128, Guid>(new UInt128(Mix(number), Mix(number ^ 0xA5A5A5A5A5A5A5A5)));

    // The finalizer of SplitMix64: numbers in a row become numbers without order.
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
