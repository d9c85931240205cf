using BenchmarkDotNet.Attributes;
using Cancela.Caching;
using Cancela.Strategies;
using Cancela.Strategies.Sessions;

namespace Cancela.Bench.Micro;

/// <summary>A cookie of <c>session</c> that the node has seen: whose session it is.</summary>
public class SessionBenchmarks
{
    private const int Copies = 4_096;

    private string[] _copies = [];
    private int _next;

    internal static SessionStore Store { get; set; } = null!;

    internal static IStrategy Strategy { get; set; } = null!;

    /// <summary>Of all that are remembered.</summary>
    internal static Digest[] Hashes { get; set; } = [];

    /// <summary>The session ID of one of them.</summary>
    internal static string Credential { get; set; } = "";

    [GlobalSetup]
    public void Copy() => _copies = [.. Enumerable.Range(0, Copies).Select(static _ => new string(Credential.AsSpan()))];

    /// <summary>In no order, of many: its lines are cold.</summary>
    [Benchmark]
    public void AnyByHash() => Expect(Store.TryRecall(Hashes[(int)((uint)(_next++ * 0x9E3779B1) % (uint)Hashes.Length)], out _));

    /// <summary>The cookie's text in another string: on another connection. Decoded, hashed, found, asked about in the revocation set.</summary>
    [Benchmark]
    public void SeenBefore() => Expect(Strategy.TryRecognize(_copies[_next++ & (Copies - 1)], out var found) && found is Recognition.Recognized);

    /// <summary>The very string that came before: on a connection that is kept.</summary>
    [Benchmark]
    public void SeenOnConnection() => Expect(Strategy.TryRecognize(Credential, out var found) && found is Recognition.Recognized);

    private static void Expect(bool known)
    {
        if (!known) throw new InvalidOperationException("A session that is remembered was not found.");
    }
}
