using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cancela.Bench.Pipeline;

/// <summary>
/// A server without a network: a request is a call. What is left is the host's own work, to be timed on one thread. As Kestrel does for
/// a connection that is kept, it hands out the same strings for the same headers.
/// </summary>
internal sealed class BareServer : IServer
{
    private Func<IFeatureCollection, Task> _process = static _ => Task.CompletedTask;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        _process = async features =>
        {
            var context = application.CreateContext(features);
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, null);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    /// <summary>Asks, and reads nothing of the answer but its status.</summary>
    public async Task<int> AskAsync(BareRequest request)
    {
        var features = request.Features(Stream.Null);
        await _process(features);
        return features.Get<IHttpResponseFeature>()!.StatusCode;
    }

    /// <summary>Asks, and reads the answer.</summary>
    public async Task<(int Status, IHeaderDictionary Headers, string Body)> ReadAsync(BareRequest request)
    {
        using var body = new MemoryStream();
        var features = request.Features(body);
        await _process(features);
        var response = features.Get<IHttpResponseFeature>()!;
        return (response.StatusCode, response.Headers, Encoding.UTF8.GetString(body.ToArray()));
    }
}

/// <summary>A request that can be asked again.</summary>
internal sealed record BareRequest(string Method, string Path, string QueryString = "", (string Name, string Value)? Header = null, string Body = "")
{
    private static readonly HttpConnectionFeature Connection = new() { RemoteIpAddress = IPAddress.Loopback, ConnectionId = "bench" };

    public IFeatureCollection Features(Stream body)
    {
        var request = new HttpRequestFeature { Method = Method, Path = Path, QueryString = QueryString, Scheme = "http", Protocol = "HTTP/1.1" };
        request.Headers.Host = "localhost";
        if (Header is { } header) request.Headers[header.Name] = header.Value;
        if (Body.Length > 0)
        {
            request.Headers.ContentType = "application/json";
            request.Headers.ContentLength = Encoding.UTF8.GetByteCount(Body);
            request.Body = new MemoryStream(Encoding.UTF8.GetBytes(Body));
        }
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set<IHttpConnectionFeature>(Connection);
        if (Body.Length > 0) features.Set<IHttpRequestBodyDetectionFeature>(WithBody.Always);
        return features;
    }

    private sealed class WithBody : IHttpRequestBodyDetectionFeature
    {
        public static readonly WithBody Always = new();

        public bool CanHaveBody => true;
    }
}
