using System.Runtime.Intrinsics.X86;
using BenchmarkDotNet.Attributes;
using Cancela.Revocation;

namespace Cancela.Bench.Micro;

/// <summary>
/// Lookups in the revocation set, each for an ID that was not asked before, so that every one starts from cold lines of its tables. What matters most is a
/// session that lives: nearly every request has one, and the set must not find it.
/// </summary>
/// <remarks>
/// The processor begins the next lookup while one waits for memory, as it goes on with a request. Those "one at a time" put
/// a barrier before each, so that the whole wait is seen: nothing but the machine's memory and who else uses its caches.
/// </remarks>
public class RevocationBenchmarks
{
    private const int Lookups = 1 << 12;
    private const ulong Strangers = 1UL << 40;

    private ulong _next;

    internal static RevocationSet Set { get; set; } = null!;

    /// <summary>The ended sessions in it are the first of <see cref="RandomIds"/>.</summary>
    internal static int Entries { get; set; }

    [Benchmark(OperationsPerInvoke = Lookups)]
    public void Drawing()
    {
        var none = 0;
        for (var i = 0; i < Lookups; i++) none += RandomIds.Of(Strangers + _next++) == default ? 1 : 0;
        Expect(none, 0);
    }

    [Benchmark(OperationsPerInvoke = Lookups)]
    public void Live()
    {
        var refused = 0;
        for (var i = 0; i < Lookups; i++) refused += Set.IsEnded(RandomIds.Of(Strangers + _next++)) ? 1 : 0;
        Expect(refused, 0);
    }

    [Benchmark(OperationsPerInvoke = Lookups)]
    public void LiveAlone()
    {
        var refused = 0;
        for (var i = 0; i < Lookups; i++)
        {
            if (Sse2.IsSupported) Sse2.LoadFence();
            else Thread.MemoryBarrier();
            refused += Set.IsEnded(RandomIds.Of(Strangers + _next++)) ? 1 : 0;
        }
        Expect(refused, 0);
    }

    [Benchmark(OperationsPerInvoke = Lookups)]
    public void Ended()
    {
        var refused = 0;
        for (var i = 0; i < Lookups; i++) refused += Set.IsEnded(RandomIds.AmongFirst(Entries, _next++)) ? 1 : 0;
        Expect(refused, Lookups);
    }

    /// <summary>Whoever asks for a session also asks for its account and its key.</summary>
    [Benchmark(OperationsPerInvoke = Lookups)]
    public void LiveWithAccountAndKey()
    {
        var refused = 0;
        for (var i = 0; i < Lookups; i++)
        {
            var id = RandomIds.Of(Strangers + _next++);
            refused += Set.Find(id, id, 1, "2026-03") != RevocationVerdict.Counts ? 1 : 0;
        }
        Expect(refused, 0);
    }

    private static void Expect(int refused, int expected)
    {
        if (refused != expected) throw new InvalidOperationException("The set does not know what it was told.");
    }
}
