using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>Reads a token from <c>Authorization: Bearer …</c> (RFC 6750 section 2.1). It is taken from nowhere else: no query, no form.</summary>
internal static class BearerCarrier
{
    private const string Scheme = "Bearer ";

    // A token is long: it is cut out once for a connection.
    private static readonly HeaderMemory<string> Tokens = new();

    /// <summary>True when the request shows a bearer token, be it an empty one.</summary>
    public static bool TryRead(HttpContext context, out string token)
    {
        token = "";
        var headers = context.Request.Headers.Authorization;
        if (headers.Count == 0) return false;

        // Several headers arrive joined by commas elsewhere: what two of them mean is anybody's guess, so they mean nothing.
        if (headers.Count > 1) return true;
        var header = headers[0];
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        token = Tokens.Find(header) ?? Tokens.Keep(header, header[Scheme.Length..].Trim(' '));
        return true;
    }
}
