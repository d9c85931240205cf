using Cancela.Endpoints;
using Microsoft.OpenApi;

namespace Cancela.Server.Docs;

/// <summary>The bodies of the endpoints that OAuth clients call.</summary>
internal static class FormBodies
{
    private const string FormType = "application/x-www-form-urlencoded";

    public static OpenApiRequestBody Of(FormFields fields) => new()
    {
        Required = fields.Required.Count > 0,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [FormType] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = fields.Required.ToHashSet(),
                    Properties = fields.Required.Concat(fields.Optional).ToDictionary(
                        static name => name,
                        static name => (IOpenApiSchema)new OpenApiSchema { Type = JsonSchemaType.String, Format = name == "password" ? "password" : null }),
                },
            },
        },
    };
}
