namespace Cancela.Tests.Server.Otlp;

/// <summary>One series as a collector heard it last.</summary>
/// <param name="Kind"><c>gauge</c>, <c>counter</c>, <c>up-down counter</c> or <c>histogram</c>.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">Its value; of a histogram how many there were.</param>
internal sealed record Heard(string Kind, string Unit, double Value);
