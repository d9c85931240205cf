using Microsoft.AspNetCore.Http;

namespace Cancela.Problems;

/// <summary>Headers of every answer that Cancela gives: none of them is a page, none may be kept, none may be framed.</summary>
internal static class ResponseHeaders
{
    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        // RFC 6749 section 5.1: "The authorization server MUST include the HTTP Cache-Control response header field with a value of no-store".
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!headers.Vary.Contains("Accept-Language")) headers.Append("Vary", "Accept-Language");
    }
}
