using Cancela.Bench.Micro;

namespace Cancela.Bench.Pipeline;

/// <summary>
/// What the gate adds to a request: the same endpoint open and behind it, in one process, on one thread, without a network. And what our own code allocates of
/// it beyond what it hands over.
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
        var (gate, principal) = (figures[nameof(GateBenchmarks.Gate)], figures[nameof(GateBenchmarks.Principal)]);
        var (added, own) = (gated.Nanoseconds - free.Nanoseconds, gate.Bytes - principal.Bytes);
        return
        [
            free.Row($"{profile}: anonymous, all of the host's work"),
            new($"{profile}: added behind the gate", $"{added:N0} ns ({gated.Median - free.Median:N0}), {gated.Bytes - free.Bytes:N0} B", $"<= {Added:N0} ns",
                // Less than nothing: whatever disturbed the one did not disturb the other, and the difference says nothing.
                added is >= 0 and <= Added),
            gate.Row($"{profile}: from the header to the principal, and the policy"),
            principal.Row($"{profile}: of that, principal, ticket, result, task"),
            figures[nameof(GateBenchmarks.Bare)].Row($"{profile}: the framework's own of these, with nobody in them"),
            new($"{profile}: our own code allocates, beyond that principal", $"{own:N0} B", "0 B", own <= 0) { IsCount = true },
            figures[nameof(GateBenchmarks.Claims)].Row($"{profile}: principal, identity and claims, for a host that asks for them"),
        ];
    }
}
