using Cancela.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cancela.Endpoints;

/// <summary>
/// What our own paths are not asked for is refused in our own words: another method with 405, another content type with
/// 415, an identifier that is none with 404. The routes name no method and no constraint, so that the real ones are preferred; the host's paths stay the host's.
/// </summary>
internal static class UnmatchedRequests
{
    private static readonly string[] Paths =
    [
        "/register", "/auth/login", "/auth/logout", "/auth/me", "/auth/password/change", "/auth/token", "/auth/refresh", "/auth/revoke",
        "/auth/introspect", "/.well-known/jwks.json", "/.well-known/oauth-authorization-server", "/auth/sessions", "/auth/sessions/{id:guid}",
        "/users", "/users/{id:guid}", "/users/{id:guid}/sessions", "/users/{id:guid}/sessions/{sessionId:guid}",
    ];

    private static readonly string[] NotIdentified =
        ["/auth/sessions/{id}", "/users/{id}", "/users/{id}/sessions", "/users/{id}/sessions/{sessionId}"];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var path in Paths) endpoints.Map(path, Refuse).AllowAnonymous().ExcludeFromDescription();
        foreach (var path in NotIdentified) endpoints.Map(path, NotFound).AllowAnonymous().ExcludeFromDescription();
    }

    private static ProblemResult Refuse(HttpContext context, EndpointDataSource endpoints)
    {
        var here = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText == here)
            .SelectMany(static endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct().ToList();
        // Routing passes over an endpoint whose content type the request does not have.
        if (methods.Contains(context.Request.Method)) return new ProblemResult(Problem.UnsupportedMediaType);

        // RFC 9110 section 15.5.6: "The origin server MUST generate an Allow header field in a 405 response".
        context.Response.Headers.Allow = string.Join(", ", methods);
        return new ProblemResult(Problem.MethodNotAllowed);
    }

    private static ProblemResult NotFound() => new(Problem.NotFound);
}
