using Cancela.Server.Lab;

namespace Cancela.Server.Advice;

/// <summary>What the lab measured of the advised strategies and of those that came next.</summary>
/// <param name="MeasuredAt">When.</param>
/// <param name="Machine">Where, and on what.</param>
/// <param name="Strategies">The advised one of each used slot, and after it its runner-up.</param>
internal sealed record AdviceFigures(DateTimeOffset MeasuredAt, string Machine, IReadOnlyList<AdviceFigure> Strategies)
{
    public static AdviceFigures Of(Design design, LabReport report)
    {
        List<AdviceFigure> figures = [];
        foreach (var strategy in new[] { design.Browser, design.Token }.OfType<Strategy>())
        {
            figures.AddRange(Figures(strategy.Name, advised: true));
            figures.AddRange(Figures(strategy.RunnerUp, advised: false));
        }
        var machine = $"{report.Machine.Cores} × {report.Machine.Architecture}, {report.Stores.Database} {report.Stores.DatabaseVersion}{(report.Stores.Redis ? $", Redis {report.Stores.RedisVersion}" : "")}";
        return new(report.MeasuredAt, machine, figures);

        // A strategy that was not measured has no row: no figure is made up.
        IEnumerable<AdviceFigure> Figures(string name, bool advised) => report.Strategies.Where(one => one.Profile == name).Select(one => new AdviceFigure(
            name, advised, one.Ratio, one.CpuMicroseconds.Authenticated, one.LatencyMicroseconds.Authenticated.P99, one.RevocationDelayMs.P50, one.RevocationDelayMs.P99));
    }
}

/// <summary>One strategy's.</summary>
/// <param name="Strategy">Its name.</param>
/// <param name="Advised">Or the runner-up.</param>
/// <param name="Ratio">Throughput behind the gate over throughput in the open.</param>
/// <param name="CpuMicroseconds">Of an authenticated request.</param>
/// <param name="P99Microseconds">Of an authenticated request's latency.</param>
/// <param name="RevocationDelayP50Ms">From an acknowledged sign-out to the first refusal.</param>
/// <param name="RevocationDelayP99Ms">The same, of a hundred 99.</param>
internal sealed record AdviceFigure(
    string Strategy, bool Advised, double Ratio, double CpuMicroseconds, double P99Microseconds, double RevocationDelayP50Ms, double RevocationDelayP99Ms);
