using Cancela.Endpoints;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cancela.Server.Docs;

/// <summary>What the generator does not read of an endpoint's description: form bodies, query fields, and how callers show who they are.</summary>
internal static class OperationFacts
{
    public static async Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<FormFields>().LastOrDefault() is { } fields) operation.RequestBody = FormBodies.Of(fields);
        foreach (var field in metadata.OfType<QueryField>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(await ParameterAsync(field, context, cancellationToken));
        }
        // Any one of them is enough.
        if (metadata.OfType<CallerProof>().LastOrDefault() is { } proof)
            operation.Security = [.. proof.Schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] })];
    }

    private static async Task<OpenApiParameter> ParameterAsync(QueryField field, OpenApiOperationTransformerContext context, CancellationToken cancellationToken) => new()
    {
        Name = field.Name,
        In = ParameterLocation.Query,
        Description = field.Description,
        Schema = await context.GetOrCreateSchemaAsync(field.Type, cancellationToken: cancellationToken),
    };
}
