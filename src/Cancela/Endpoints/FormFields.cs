namespace Cancela.Endpoints;

/// <summary>Endpoint metadata for OpenAPI: the fields of a form. Routing does not read it: <see cref="FormBody"/> refuses other content types.</summary>
internal sealed record FormFields(IReadOnlyList<string> Required, IReadOnlyList<string> Optional);
