using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>A yes with a JSON body.</summary>
internal sealed class Answer<T>(T value, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult, IValueHttpResult<T>
{
    public T Value { get; } = value;

    public int? StatusCode => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(
            httpContext.Response.BodyWriter, Value, (JsonTypeInfo<T>)CancelaJson.Default.GetTypeInfo(typeof(T))!, httpContext.RequestAborted);
    }
}
