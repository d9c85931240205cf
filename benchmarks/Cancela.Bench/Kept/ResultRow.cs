namespace Cancela.Bench.Kept;

/// <summary>One figure beside its target, as it is kept and printed.</summary>
/// <param name="Target"><c>-</c>: nothing is asked of it.</param>
/// <param name="Verdict"><c>met</c>, <c>MISSED</c>, or nothing.</param>
internal sealed record ResultRow(string What, string Figure, string Target, string Verdict, string Remark)
{
    public const string NoTarget = "-";
    public const string IsMet = "met";
    public const string IsMissed = "MISSED";
}
