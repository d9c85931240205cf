using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>
/// The browser sends the cookie with requests that other sites' pages make. For methods that change something, the
/// request itself has to tell that it comes from one of our own pages.
/// </summary>
internal sealed class CrossSiteGuard(IReadOnlyCollection<string> allowedOrigins)
{
    private readonly HashSet<string> _allowed = new(allowedOrigins.Select(static origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public bool Passes(HttpRequest request) => IsSafe(request.Method) || ComesFromUs(request);

    /// <summary>For endpoints that set or clear a cookie without having been shown one.</summary>
    public bool ComesFromUs(HttpRequest request)
    {
        // W3C Fetch Metadata: the browser itself says where the request comes from, and no script can change it.
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0) return site is ["same-origin"] or ["none"];

        var origin = request.Headers.Origin;
        if (origin.Count > 0) return origin is [{ } one] && (IsOwn(request, one) || _allowed.Contains(one));

        // Neither header: no current browser. Programs carry no cookies that they did not mean to send.
        return true;
    }

    // RFC 9110 section 9.2.1.
    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool IsOwn(HttpRequest request, string origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
