using System.Text;
using System.Text.Json;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Tests.Problems;

/// <summary>A problem as it stands in the answer to a request.</summary>
internal sealed record Told(HttpResponse Response, JsonElement Json)
{
    public static async Task<Told> ByAsync(ProblemResult result, string language = "", params object[] metadata)
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider(), TraceIdentifier = "trace-1" };
        context.Request.Headers.AcceptLanguage = language;
        context.Response.Body = body;
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), "test"));
        await result.ExecuteAsync(context);
        await context.Response.BodyWriter.FlushAsync();
        return new Told(context.Response, JsonDocument.Parse(Encoding.UTF8.GetString(body.ToArray())).RootElement);
    }

    public string? Text(string member) => Json.TryGetProperty(member, out var value) ? value.GetString() : null;
}
