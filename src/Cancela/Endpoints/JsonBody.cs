using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>A JSON body. A handler sees it only when it could be read: <see cref="UnreadableBodies"/> answers otherwise.</summary>
internal sealed class JsonBody<T> : IReadBody where T : class
{
    private readonly T? _value;

    private JsonBody(T? value, Problem? problem)
    {
        _value = value;
        Fault = problem is null ? null : new ProblemResult(problem);
    }

    public ProblemResult? Fault { get; }

    public T Value => _value!;

    // RFC 9110 section 15.5.16. A form or text/plain would need no preflight (Fetch section 4.8): insisting on JSON keeps other sites' forms out.
    public static async ValueTask<JsonBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType()) return new(null, Problem.UnsupportedMediaType);
        try
        {
            var type = (JsonTypeInfo<T>)CancelaJson.Default.GetTypeInfo(typeof(T))!;
            var value = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            return value is null ? new(null, Problem.MalformedRequest) : new(value, null);
        }
        catch (JsonException)
        {
            return new(null, Problem.MalformedRequest);
        }
        catch (BadHttpRequestException exception)
        {
            return new(null, Bodies.ProblemOf(exception));
        }
    }
}
