using System.Text.Json.Serialization;

namespace Cancela.Endpoints;

/// <summary>
/// Answer of <c>GET /.well-known/oauth-authorization-server</c> (RFC 8414): endpoints and keys. No grant for third parties is
/// advertised, for there is none: <c>/auth/token</c> is first-party sign-in.
/// </summary>
public sealed record ServerMetadata(
    string Issuer,
    string TokenEndpoint,
    string RevocationEndpoint,
    string IntrospectionEndpoint,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? JwksUri,
    IReadOnlyList<string> ResponseTypesSupported,
    IReadOnlyList<string> GrantTypesSupported,
    IReadOnlyList<string> TokenEndpointAuthMethodsSupported,
    IReadOnlyList<string> RevocationEndpointAuthMethodsSupported,
    IReadOnlyList<string> IntrospectionEndpointAuthMethodsSupported,
    IReadOnlyList<string> ScopesSupported);
