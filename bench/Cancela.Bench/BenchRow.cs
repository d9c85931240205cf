namespace Cancela.Bench;

internal sealed record BenchRow(string What, string Figure, string Target, bool Met);
