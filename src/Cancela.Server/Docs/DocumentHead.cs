using Cancela.Endpoints;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cancela.Server.Docs;

/// <summary>The document's head: what it is about, and the four ways to show who one is.</summary>
internal static class DocumentHead
{
    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Cancela",
            Version = "v1",
            Description = "Sessions and tokens. Every refusal is a problem (RFC 9457) with a stable code.",
        };
        // The address is whatever this document was fetched from.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [CallerProof.Bearer] = Http("bearer", "An access token of POST /auth/token."),
            [CallerProof.Refresh] = Http("bearer", "A refresh token, in the header Authorization."),
            [CallerProof.Client] = Http("basic", "ID and secret of a client of Cancela:Clients."),
            [CallerProof.Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = context.ApplicationServices.GetRequiredService<CancelaOptions>().Cookie.Name ?? "__Host-session_id",
                Description = "The cookie of POST /auth/login. Its name is session_id over plain HTTP on one's own machine.",
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Http(string scheme, string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = scheme, Description = description };
}
