using Microsoft.OpenApi;

namespace Cancela.Server.Docs;

/// <summary>The bodies of the endpoints that OAuth clients call.</summary>
internal static class FormBodies
{
    private const string FormType = "application/x-www-form-urlencoded";

    public static OpenApiRequestBody? Of(string path) => path switch
    {
        "/auth/token" => Form(["username", "password"], "grant_type", "scope"),
        "/auth/refresh" => Form([], "grant_type", "refresh_token"),
        "/auth/revoke" or "/auth/introspect" => Form(["token"], "token_type_hint"),
        _ => null,
    };

    private static OpenApiRequestBody Form(string[] required, params string[] optional) => new()
    {
        Required = required.Length > 0,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [FormType] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string>(required),
                    Properties = required.Concat(optional).ToDictionary(
                        static name => name,
                        static name => (IOpenApiSchema)new OpenApiSchema { Type = JsonSchemaType.String, Format = name == "password" ? "password" : null }),
                },
            },
        },
    };
}
