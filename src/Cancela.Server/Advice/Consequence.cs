namespace Cancela.Server.Advice;

/// <summary>What follows from a design wherever the condition holds: all of them count, in the order of their list.</summary>
/// <param name="Name">What tests call it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="When">The condition, on answers and conclusions.</param>
/// <param name="Text">For people. Of a setting: why it is set so.</param>
/// <param name="Settings">Names below <c>Cancela:</c>, with their values. Of a secret the value is a command of the shell, or text, that the reader replaces.</param>
internal sealed record Consequence(string Name, ConsequenceKind Kind, When When, Sentence Text, IReadOnlyList<KeyValuePair<string, string>> Settings);
