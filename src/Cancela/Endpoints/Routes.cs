using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cancela.Endpoints;

/// <summary>Maps endpoints on a group and notes their paths, so that <see cref="UnmatchedRequests"/> knows which are ours.</summary>
internal sealed class Routes(RouteGroupBuilder group, HashSet<string> paths)
{
    public RouteHandlerBuilder Get([StringSyntax("Route")] string path, Delegate handler) => Map(HttpMethods.Get, path, handler);

    public RouteHandlerBuilder Post([StringSyntax("Route")] string path, Delegate handler) => Map(HttpMethods.Post, path, handler);

    public RouteHandlerBuilder Put([StringSyntax("Route")] string path, Delegate handler) => Map(HttpMethods.Put, path, handler);

    public RouteHandlerBuilder Delete([StringSyntax("Route")] string path, Delegate handler) => Map(HttpMethods.Delete, path, handler);

    private RouteHandlerBuilder Map(string method, string path, Delegate handler)
    {
        paths.Add(path);
        return group.MapMethods(path, [method], handler);
    }
}
