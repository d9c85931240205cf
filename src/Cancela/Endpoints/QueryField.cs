namespace Cancela.Endpoints;

/// <summary>Endpoint metadata for OpenAPI: what may stand behind the question mark. <see cref="Query"/> reads it.</summary>
internal sealed record QueryField(string Name, Type Type, string Description);
