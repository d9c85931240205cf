using Cancela.Bench.Micro;

namespace Cancela.Bench.Pipeline;

/// <summary>
/// What the gate adds to a request: the same endpoint open and behind it, in one process, on one thread, without a network. And what our own code allocates of
/// it beyond what every handler has to.
/// </summary>
internal sealed class PipelineBenchmark(string profile)
{
    private const double Added = 1_500;

    internal async Task<BenchRow[]> RunAsync()
    {
        await using var host = await GateHost.StartAsync(profile);
        GateBenchmarks.Host = host;
        var figures = MicroRun.Of<GateBenchmarks>();
        var (free, gated) = (figures[nameof(GateBenchmarks.Anonymous)], figures[nameof(GateBenchmarks.Authenticated)]);
        var (gate, plain, principal) = (figures[nameof(GateBenchmarks.Gate)], figures[nameof(GateBenchmarks.Plain)], figures[nameof(GateBenchmarks.Principal)]);
        var (added, own) = (gated.Nanoseconds - free.Nanoseconds, gate.Bytes - plain.Bytes);
        return
        [
            free.Row($"{profile}: anonymous, all of the host's work"),
            new($"{profile}: added behind the gate", $"{added:N0} ns ({gated.Median - free.Median:N0}), {gated.Bytes - free.Bytes:N0} B", $"<= {Added:N0} ns",
                // Less than nothing: whatever disturbed the one did not disturb the other, and the difference says nothing.
                added is >= 0 and <= Added),
            gate.Row($"{profile}: of that, our handler and our policies"),
            plain.Row($"{profile}: a handler that only hands over such a principal"),
            principal.Row($"{profile}: of that, principal, claims, ticket, result"),
            new($"{profile}: our own code allocates, beyond that handler", $"{own:N0} B", "0 B", own <= 0) { IsCount = true },
        ];
    }
}
