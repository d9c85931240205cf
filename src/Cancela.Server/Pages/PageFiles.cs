using System.Security.Cryptography;
using Cancela.Server.Answers;
using Microsoft.Net.Http.Headers;

namespace Cancela.Server.Pages;

/// <summary>The pages: a handful of files in the assembly, each at its path.</summary>
internal static class PageFiles
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    private static readonly (string Path, string File, string Type)[] All =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/account", "account.html", "text/html; charset=utf-8"),
        ("/admin", "admin.html", "text/html; charset=utf-8"),
        ("/pages/cancela.css", "cancela.css", "text/css; charset=utf-8"),
        ("/pages/api.js", "api.js", "text/javascript; charset=utf-8"),
        ("/pages/words.js", "words.js", "text/javascript; charset=utf-8"),
        ("/pages/index.js", "index.js", "text/javascript; charset=utf-8"),
        ("/pages/account.js", "account.js", "text/javascript; charset=utf-8"),
        ("/pages/admin.js", "admin.js", "text/javascript; charset=utf-8"),
        ("/favicon.ico", "mark.svg", "image/svg+xml"),
    ];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var (path, file, type) in All)
        {
            var content = Read(file);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"");
            endpoints.MapMethods(path, Methods, Serve).AllowAnonymous().ExcludeFromDescription();

            IResult Serve(HttpContext context)
            {
                // Kept by the browser, and asked for again each time: a new version shows at once.
                context.Response.Headers.CacheControl = "no-cache";
                context.Response.Headers.ContentSecurityPolicy = ContentPolicies.Page;
                return Results.Bytes(content, type, entityTag: tag);
            }
        }
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream($"Pages/{file}")
            ?? throw new InvalidOperationException($"The page {file} is not in the assembly.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
