namespace Cancela.Bench;

/// <summary>One line of the table: what was measured, the figure, what it should be, and whether it is.</summary>
internal sealed record BenchRow(string What, string Figure, string Target, bool Met);
