namespace Cancela.Gate;

/// <summary>The scope for whose lack the request was forbidden.</summary>
internal sealed record MissingScope(string Scope);
