using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cancela.Server.Docs;

/// <summary>The document's head: what it is about, and the four ways to show who one is.</summary>
internal static class DocumentHead
{
    public const string Bearer = "bearer";
    public const string Cookie = "cookie";
    public const string RefreshToken = "refresh_token";
    public const string Client = "client";

    private static readonly string[] Tags = ["People", "Devices", "Accounts", "Tokens", "Health"];

    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Cancela",
            Version = "v1",
            Description = "Sessions and tokens. Every refusal is a problem (RFC 9457) with a stable code.",
        };
        document.Tags = Tags.Select(static name => new OpenApiTag { Name = name }).ToHashSet();
        // The address is whatever this document was fetched from.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = Http("bearer", "An access token of POST /auth/token."),
            [RefreshToken] = Http("bearer", "A refresh token, in the header Authorization."),
            [Client] = Http("basic", "ID and secret of a client of Cancela:Clients."),
            [Cookie] = new OpenApiSecurityScheme
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
