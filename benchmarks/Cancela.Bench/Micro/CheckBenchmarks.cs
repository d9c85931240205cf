using BenchmarkDotNet.Attributes;
using Cancela.Revocation;

namespace Cancela.Bench.Micro;

/// <summary>The one door to revocation, asked about sessions that live.</summary>
public class CheckBenchmarks
{
    private const ulong Strangers = 1UL << 40;

    private ulong _next;

    internal static Revocations Revocations { get; set; } = null!;

    internal static StalenessClock Staleness { get; set; } = null!;

    [Benchmark]
    public bool Clock() => Staleness.IsConfirmed ? true : throw new InvalidOperationException("The node is blind.");

    [Benchmark]
    public void Check()
    {
        var id = RandomIds.Of(Strangers + _next++);
        Expect(Revocations.Check(id, id, 1, "k"));
    }

    [Benchmark]
    public void CheckAsync()
    {
        var id = RandomIds.Of(Strangers + _next++);
        var check = Revocations.CheckAsync(id, id, 1, "k", CancellationToken.None);
        Expect(check.IsCompletedSuccessfully ? check.Result : throw new InvalidOperationException("A confirmed node waited."));
    }

    private static void Expect(RevocationVerdict verdict)
    {
        if (verdict != RevocationVerdict.Counts) throw new InvalidOperationException("A credential that nobody revoked was refused.");
    }
}
