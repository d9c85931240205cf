namespace Cancela.Bench;

/// <summary>What belongs together in the report: each measurement gives some rows.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Measurements">Run one after the other.</param>
internal sealed record Section(string Name, params Func<Task<BenchRow[]>>[] Measurements)
{
    /// <summary>How often a missed figure is tried. More than once for times only: nothing else is disturbed by what else runs.</summary>
    public int MostAttempts { get; init; } = 3;

    /// <summary>What is not here and without which nothing of this can be measured; <see langword="null"/>: all is here.</summary>
    public string? Missing { get; init; }

    /// <summary>Not among those of a <c>./bench</c> without words.</summary>
    public bool OnlyWhenNamed { get; init; }

    public async IAsyncEnumerable<BenchRow> MeasureAsync()
    {
        if (Missing is not null) yield return BenchRow.Reported("skipped", "-") with { Remark = Missing };
        foreach (var measurement in Missing is null ? Measurements : [])
            foreach (var row in await MeasureAsync(measurement))
                yield return row;
    }

    // What disturbs a run only ever makes it slower, so a figure that is reached once can be reached. The reader is told.
    private async Task<BenchRow[]> MeasureAsync(Func<Task<BenchRow[]>> measurement)
    {
        var rows = await measurement();
        for (var attempt = 2; attempt <= MostAttempts && rows.Any(IsToBeTriedAgain); attempt++)
        {
            var again = await measurement();
            rows = [.. rows.Select(row => IsToBeTriedAgain(row) ? Better(row, again, attempt) : row)];
        }
        return rows;
    }

    private static bool IsToBeTriedAgain(BenchRow row) => !row.Met && !row.IsCount;

    private static BenchRow Better(BenchRow missed, BenchRow[] again, int attempt) =>
        again.FirstOrDefault(row => row.What == missed.What) is not { } row ? missed
        : row.Met ? row with { Remark = $"at attempt {attempt}; before: {missed.Figure}" }
        : row with { Remark = $"missed in {attempt} attempts; before: {missed.Figure}" };
}
