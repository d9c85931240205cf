using System.Text.RegularExpressions;
using Cancela.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cancela.Endpoints;

/// <summary>
/// What our own paths are not asked for is refused in our own words: another method with 405, another content type with
/// 415, an identifier that is none with 404. The routes name no method and no constraint, so that the real ones are preferred; the host's paths stay the host's.
/// </summary>
internal static partial class UnmatchedRequests
{
    /// <param name="endpoints">Where our endpoints are mapped.</param>
    /// <param name="paths">Their paths, as <see cref="Routes"/> noted them.</param>
    public static void Map(IEndpointRouteBuilder endpoints, HashSet<string> paths)
    {
        foreach (var path in paths) endpoints.Map(path, Refuse).AllowAnonymous().ExcludeFromDescription();
        foreach (var path in paths.Select(Unconstrained).Except(paths)) endpoints.Map(path, NotFound).AllowAnonymous().ExcludeFromDescription();
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

    // {id:guid} becomes {id}.
    private static string Unconstrained(string path) => Constraint().Replace(path, "}");

    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();
}
