using System.Text.Json.Serialization;
using Cancela.Endpoints;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cancela.Server.Docs;

/// <summary>Which members there must be. The records cannot say: in requests everything is read before it is judged.</summary>
internal static class BodySchemas
{
    private static readonly Type[] Requests = [typeof(RegisterRequest), typeof(LoginRequest), typeof(PasswordChangeRequest), typeof(UserUpdateRequest)];
    private static readonly string[] Optional = ["name"];

    public static Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema.Properties is null || context.JsonPropertyInfo is not null) return Task.CompletedTask;
        var type = context.JsonTypeInfo.Type;
        if (Requests.Contains(type)) schema.Required = type == typeof(UserUpdateRequest) ? null : schema.Properties.Keys.Except(Optional).ToHashSet();
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            var leftOut = property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) == true;
            if (leftOut) schema.Required?.Remove(property.Name);

            // What may be absent is absent, and not null.
            if ((leftOut || Requests.Contains(type)) && schema.Properties.TryGetValue(property.Name, out var member) && member is OpenApiSchema { Type: { } types } of)
                of.Type = types & ~JsonSchemaType.Null;
        }
        return Task.CompletedTask;
    }
}
