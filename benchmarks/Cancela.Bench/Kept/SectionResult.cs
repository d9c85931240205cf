namespace Cancela.Bench.Kept;

/// <summary>What one section of <c>./bench</c> said when it was last run: a file of <c>benchmarks/results</c>.</summary>
/// <param name="Section">Its heading.</param>
/// <param name="Measured">When, to the minute, UTC.</param>
/// <param name="Machine">On what: cores, system, runtime.</param>
/// <param name="Load">The load average when the section began: above the number of cores the machine had something else to do.</param>
/// <param name="Rows">In the order in which they were printed.</param>
internal sealed record SectionResult(string Section, string Measured, string Machine, string Load, IReadOnlyList<ResultRow> Rows)
{
    /// <summary>How many of its figures miss their target.</summary>
    public int Missed => Rows.Count(static row => row.Verdict == ResultRow.IsMissed);
}
