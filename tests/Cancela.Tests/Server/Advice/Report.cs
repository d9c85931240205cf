using Cancela.Server.Lab;
using Cancela.Strategies;

namespace Cancela.Tests.Server.Advice;

/// <summary>A report of the lab's, with figures that nobody measured: each strategy has its own.</summary>
internal static class Report
{
    private static readonly string[] Strategies =
        [StrategyNames.Session, StrategyNames.Jwt, StrategyNames.JwtCookie, StrategyNames.RefreshDenylist, StrategyNames.RefreshRotation];

    public static LabReport Of(DateTimeOffset at) => new(
        LabReport.Latest, at, new LabMachine(2, "Linux", "X64", "10.0.0", "0.1.0"), new LabStores("PostgreSQL", "15.1", Redis: true, "7.0"),
        new LabRun("cancela lab", 60, 61.5, 3, 16, 1000, 50, 2), [.. Strategies.Select((strategy, at) => Of(strategy, at + 1))]);

    private static LabFigures Of(string strategy, int n) => new(
        strategy, 10_000, 10_000 - n, 0.9 + n / 100.0, new LatencyPair(Latency(n), Latency(10 * n)), new CpuFigures(50, 60 + n, 10 + n),
        new RoundTripFigures(new RoundTrips(3, 0), new RoundTrips(0, 0), null, new RoundTrips(2, 1)), new WireFigures(100, 200), 300, 40, null,
        new DelayFigures(50, n, 2 * n, 3 * n, DelayPlace.AnotherNode), new PlainForm(0, 1));

    private static LatencyFigures Latency(double n) => new(100, n, n, 100 + n, n, n, [new LatencyBucket(n, 100)]);
}
