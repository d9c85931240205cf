using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Cancela.Endpoints;

/// <summary>Maps endpoints on a group and notes their paths, so that <see cref="UnmatchedRequests"/> knows which are ours.</summary>
internal sealed class Routes(RouteGroupBuilder group, HashSet<string> paths)
{
    /// <summary>
    /// Maps the path as it is said. Whoever says it calls the framework's own <c>MapGet</c> or <c>MapPost</c> with the handler: that
    /// call's code is written when the library is compiled. Any other is written and compiled when the host starts, which takes longer than all else then.
    /// </summary>
    public RouteHandlerBuilder Map([StringSyntax("Route")] string path, Func<RouteGroupBuilder, string, RouteHandlerBuilder> endpoint)
    {
        paths.Add(path);
        return endpoint(group, path);
    }
}
