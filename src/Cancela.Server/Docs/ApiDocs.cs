using System.Text.Json;
using System.Text.Json.Serialization;
using Cancela.Endpoints;
using Cancela.Server.Answers;

namespace Cancela.Server.Docs;

/// <summary>The API, described for programs (<c>/openapi/v1.json</c>) and for people (<c>/docs</c>). Everything comes from the server itself.</summary>
internal static class ApiDocs
{
    private const string Document = "/openapi/v1.json";

    public static void Add(IServiceCollection services)
    {
        // The endpoints write with CancelaJson. The generator reads these options: it is told the same.
        services.ConfigureHttpJsonOptions(static options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, CancelaJson.Default);
        });
        services.AddOpenApi(static options =>
        {
            options.AddSchemaTransformer(ProblemSchema.ApplyAsync);
            options.AddSchemaTransformer(BodySchemas.ApplyAsync);
            options.AddOperationTransformer(OperationFacts.ApplyAsync);
            options.AddDocumentTransformer(DocumentHead.ApplyAsync);
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.Use(static (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal)) context.Response.Headers.ContentSecurityPolicy = ContentPolicies.Docs;
            return next(context);
        });
        app.UseSwaggerUI(static options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "Cancela: API";
            options.SwaggerEndpoint(Document, "Cancela");
            options.EnableValidator(null!);
        });
    }
}
