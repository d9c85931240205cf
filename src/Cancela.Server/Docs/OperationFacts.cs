using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cancela.Server.Docs;

/// <summary>What the endpoints' own descriptions leave out: who may call, form bodies, query parameters, and the refusals that all of a kind share.</summary>
internal static partial class OperationFacts
{
    public static Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var path = "/" + Constraint().Replace(context.Description.RelativePath!, "}");
        operation.Summary = Summaries.Of(context.Description.HttpMethod!, path);
        operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(path), context.Document) };
        if (FormBodies.Of(path) is { } form) operation.RequestBody = form;
        if (path == "/users") operation.Parameters = [Query("after", JsonSchemaType.String, "The member next of the page before."), Query("limit", JsonSchemaType.Integer, "How many at most: 1 to 200, 50 unless said.")];

        var schemes = SchemesOf(path, context);
        if (schemes.Length > 0) operation.Security = [.. schemes.Select(scheme => Requirement(scheme, context))];
        foreach (var status in SharedRefusals(operation, path, schemes.Contains(DocumentHead.Bearer)))
            operation.Responses!.TryAdd(status, Refusal(status, context));
        return Task.CompletedTask;
    }

    private static IEnumerable<string> SharedRefusals(OpenApiOperation operation, string path, bool guarded)
    {
        if (path.StartsWith("/healthz", StringComparison.Ordinal) || path.StartsWith("/readyz", StringComparison.Ordinal)) return [];
        string[] ofBodies = operation.RequestBody is null ? [] : ["400", "413", "415"];
        string[] ofCallers = guarded ? ["401", "403"] : [];
        string[] ofGuesses = path is "/register" or "/auth/login" or "/auth/token" or "/auth/refresh" or "/auth/password/change" ? ["429"] : [];
        return [.. ofBodies, .. ofCallers, .. ofGuesses, "503"];
    }

    private static string[] SchemesOf(string path, OpenApiOperationTransformerContext context)
    {
        if (path == "/auth/refresh") return [DocumentHead.RefreshToken];
        if (path == "/auth/introspect") return [DocumentHead.Client];
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var guarded = !metadata.OfType<IAllowAnonymous>().Any() && metadata.Any(static item => item is AuthorizationPolicy or IAuthorizeData);
        return guarded || path == "/auth/logout" ? [DocumentHead.Bearer, DocumentHead.Cookie] : [];
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };

    private static OpenApiParameter Query(string name, JsonSchemaType type, string description) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = new OpenApiSchema { Type = type } };

    private static OpenApiResponse Refusal(string status, OpenApiOperationTransformerContext context) => new()
    {
        Description = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)),
        Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document) } },
    };

    // {id:guid} in the route is {id} in the document.
    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();

    private static string TagOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["register"] or ["auth", "login" or "logout" or "me" or "password", ..] => "People",
        ["auth", "sessions", ..] or ["users", _, "sessions", ..] => "Devices",
        ["users", ..] => "Accounts",
        ["auth", ..] or [".well-known", ..] => "Tokens",
        _ => "Health",
    };
}
