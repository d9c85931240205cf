namespace Cancela.Problems;

/// <summary>What is wrong with one field of a request, in both languages.</summary>
internal sealed record FieldFault(string Field, string Portuguese, string English);
