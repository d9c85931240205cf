using Cancela.Bench.Kept;

namespace Cancela.Bench;

/// <summary>One line of the table: what was measured, the figure, what it should be, and whether it is.</summary>
/// <param name="Remark">What a reader has to know about this run.</param>
internal sealed record BenchRow(string What, string Figure, string Target, bool Met, string Remark = "")
{
    /// <summary>Nothing that runs beside it changes it: it is not tried again.</summary>
    public bool IsCount { get; init; }

    /// <summary>A figure that nothing is asked of: it is there to be known.</summary>
    public static BenchRow Reported(string what, string figure, string target = ResultRow.NoTarget) => new(what, figure, target, Met: true);

    /// <summary>The row as it is kept.</summary>
    public ResultRow ToResult() => new(What, Figure, Target, Target == ResultRow.NoTarget ? "" : Met ? ResultRow.IsMet : ResultRow.IsMissed, Remark);
}
