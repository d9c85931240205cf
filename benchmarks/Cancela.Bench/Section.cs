namespace Cancela.Bench;

/// <summary>What belongs together in the report: each measurement gives some rows.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Measurements">Run one after the other.</param>
internal sealed record Section(string Name, params Func<Task<BenchRow[]>>[] Measurements)
{
    /// <summary>How often a missed figure is tried. More than once for times only: nothing else is disturbed by what else runs.</summary>
    public int MostAttempts { get; init; } = 3;

    /// <summary>Not among those of a <c>./bench</c> without words.</summary>
    public bool OnlyWhenNamed { get; init; }

    public async IAsyncEnumerable<BenchRow> MeasureAsync()
    {
        foreach (var measurement in Measurements)
            foreach (var row in await MeasureAsync(measurement))
                yield return row;
    }

    // What disturbs a run only ever makes it slower, so a figure that is reached once can be reached. The reader is told.
    private async Task<BenchRow[]> MeasureAsync(Func<Task<BenchRow[]>> measurement)
    {
        var rows = await measurement();
        for (var attempt = 2; attempt <= MostAttempts && rows.Any(row => !row.Met); attempt++)
        {
            var again = await measurement();
            rows = [.. rows.Select(row => row.Met ? row : Better(row, again, attempt))];
        }
        return rows;
    }

    private static BenchRow Better(BenchRow missed, BenchRow[] again, int attempt) =>
        again.FirstOrDefault(row => row.What == missed.What && row.Met) is { } met
            ? met with { Remark = $"at attempt {attempt}; before: {missed.Figure}" }
            : missed with { Remark = $"missed in {attempt} attempts" };
}
