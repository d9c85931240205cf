using BenchmarkDotNet.Attributes;

namespace Cancela.Bench.Micro;

/// <summary>A token read and written.</summary>
public class TokenBenchmarks
{
    internal static TokenSubject Subject { get; set; } = null!;

    [Benchmark]
    public void Floor() => Expect(Subject.Verify());

    [Benchmark]
    public void Check() => Expect(Subject.Check());

    [Benchmark]
    public void FirstSeen() => Expect(Subject.ReadAnother());

    [Benchmark]
    public void SeenBefore() => Expect(Subject.ReadCopy());

    [Benchmark]
    public void SeenOnConnection() => Expect(Subject.ReadAgain());

    [Benchmark]
    public void FloorOfWriting() => Expect(Subject.Sign());

    [Benchmark]
    public string Write() => Subject.Write();

    private static void Expect(bool valid)
    {
        if (!valid) throw new InvalidOperationException("A token that is valid was refused.");
    }
}
