namespace Cancela.Bench.SideBySide;

/// <summary>
/// The same endpoint, open and behind a credential, in hosts that stand beside each other: each of the five systems, and what one would write
/// instead. A process each on one core, the load on the other, turn by turn; of each the median.
/// </summary>
internal static class SideBySideBenchmark
{
    private const int Turns = 9;
    private const double Wanted = 0.95, Least = 0.90, OfTheBest = 1.4, MostMicroseconds = 1.5;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(1);

    internal static async Task<BenchRow[]> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        var hosts = new List<SideBySideHost>();
        try
        {
            foreach (var profile in StrategyBenchmark.Profiles) hosts.Add(await SideBySideHost.OfCancelaAsync(Path.Combine(folder, profile), profile));
            foreach (var other in Alternatives.All.Where(static other => Alternatives.MissingOf(other) is null)) hosts.Add(await SideBySideHost.OfAsync(Path.Combine(folder, $"{hosts.Count}"), other));
            foreach (var host in hosts) await host.WarmAsync(Warm);
            for (var turn = 0; turn < Turns; turn++)
                foreach (var host in hosts) await host.MeasureAsync(Turn);
            return
            [
                .. RowsOf([.. hosts.Select(static host => host.Sum())]),
                .. Alternatives.All.Where(static other => Alternatives.MissingOf(other) is not null)
                    .Select(static other => BenchRow.Reported($"{other}: skipped", "-") with { Remark = Alternatives.MissingOf(other)! }),
            ];
        }
        finally
        {
            foreach (var host in hosts) await host.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static BenchRow[] RowsOf(SideBySideSum[] sums)
    {
        // The floor is no alternative: it knows nothing that a restart does not forget.
        var best = sums.Where(static sum => !sum.IsOurs && sum.Name != Alternatives.Dictionary).Max(static sum => sum.Ratio);
        return
        [
            .. sums.Select(sum => sum.IsOurs
                ? new BenchRow($"{sum.Name}: behind the gate, of anonymous", $"{sum}", $"{Wanted:0.00} x", sum.Ratio >= Wanted) { Remark = sum.Ratio < Least ? $"below {Least:0.00}" : "" }
                : BenchRow.Reported($"{sum.Name}: behind it, of anonymous", $"{sum}")),
            .. sums.Where(static sum => sum.IsOurs).Select(sum =>
                new BenchRow($"{sum.Name}: CPU added", $"{sum.Added:0.0} us", $"{MostMicroseconds:0.0} us", sum.Added <= MostMicroseconds)),
            .. sums.Where(static sum => sum.IsOurs).Select(sum =>
                new BenchRow($"{sum.Name}: ratio beside the best of the others", $"{sum.Ratio / best:0.00} x", $"{OfTheBest:0.0} x", sum.Ratio / best >= OfTheBest)),
        ];
    }
}

/// <summary>What came of a host's turns: the median of each turn's ratio, and the difference of what each took at least.</summary>
/// <param name="PerSecond">Requests with a credential.</param>
/// <param name="Ratio">To those without.</param>
/// <param name="Added">Microseconds of the server's processor, to those without: of both the least.</param>
internal sealed record SideBySideSum(string Name, bool IsOurs, double PerSecond, double Ratio, double Added)
{
    public override string ToString() => $"{PerSecond:N0}/s, {Ratio:0.00} x, {Added:+0.0;-0.0} us CPU";
}
