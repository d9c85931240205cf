using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Cancela.Tests.Server.Otlp;

/// <summary>A collector: takes OTLP over HTTP or gRPC, and keeps what it heard last. The field numbers are those of opentelemetry-proto 1.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Heard> _metrics = new(StringComparer.Ordinal);

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>By series, the attributes in the order of the alphabet: <c>cancela.refusals{code=not_found}</c>.</summary>
    public IReadOnlyDictionary<string, Heard> Metrics => _metrics;

    /// <summary>The attributes of those who sent: <c>service.name=cancela</c>.</summary>
    public ConcurrentDictionary<string, bool> Senders { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the spans' sources, and how many spans there were of each.</summary>
    public ConcurrentDictionary<string, int> Spans { get; } = new(StringComparer.Ordinal);

    public static async Task<OtlpReceiver> StartAsync(bool grpc = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        if (grpc)
        {
            app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", context => TakeGrpcAsync(context, receiver.HearMetrics));
            app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", context => TakeGrpcAsync(context, receiver.HearTraces));
        }
        else
        {
            app.MapPost("/v1/metrics", context => TakeAsync(context, receiver.HearMetrics));
            app.MapPost("/v1/traces", context => TakeAsync(context, receiver.HearTraces));
        }
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task TakeAsync(HttpContext context, Action<ProtobufMessage> hear)
    {
        hear(new ProtobufMessage(await ReadAsync(context)));
        context.Response.ContentType = "application/x-protobuf";
    }

    // gRPC over HTTP/2: each message has a byte that says whether it is compressed, and four of its length.
    private static async Task TakeGrpcAsync(HttpContext context, Action<ProtobufMessage> hear)
    {
        hear(new ProtobufMessage((await ReadAsync(context)).AsMemory(5)));
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.BodyWriter.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private void HearMetrics(ProtobufMessage request)
    {
        foreach (var sender in request.Messages(1))
        {
            HearSender(sender);
            foreach (var metric in sender.Messages(2).SelectMany(scope => scope.Messages(2))) HearMetric(metric);
        }
    }

    private void HearMetric(ProtobufMessage metric)
    {
        var (name, unit) = (metric.Text(1), metric.Text(3));
        if (metric.Message(5) is { } gauge) HearPoints(gauge, "gauge", 7, ValueOf);
        if (metric.Message(7) is { } sum) HearPoints(sum, sum.Number(3) == 1 ? "counter" : "up-down counter", 7, ValueOf);
        if (metric.Message(9) is { } histogram) HearPoints(histogram, "histogram", 9, static point => point.Number(4)!.Value);

        void HearPoints(ProtobufMessage points, string kind, int attributes, Func<ProtobufMessage, double> value)
        {
            foreach (var point in points.Messages(1))
            {
                var tags = string.Join(',', AttributesOf(point, attributes).Order(StringComparer.Ordinal));
                _metrics[tags.Length == 0 ? name : $"{name}{{{tags}}}"] = new Heard(kind, unit, value(point));
            }
        }
    }

    private void HearTraces(ProtobufMessage request)
    {
        foreach (var sender in request.Messages(1))
        {
            HearSender(sender);
            foreach (var scope in sender.Messages(2))
                Spans.AddOrUpdate(scope.Message(1)!.Value.Text(1), scope.Messages(2).Count(), (_, before) => before + scope.Messages(2).Count());
        }
    }

    private void HearSender(ProtobufMessage sender)
    {
        foreach (var attribute in AttributesOf(sender.Message(1)!.Value, 1)) Senders[attribute] = true;
    }

    private static IEnumerable<string> AttributesOf(ProtobufMessage of, int field) =>
        of.Messages(field).Select(pair => $"{pair.Text(1)}={pair.Message(2)!.Value.Text(1)}");

    private static double ValueOf(ProtobufMessage point) =>
        point.Number(4) is { } real ? BitConverter.UInt64BitsToDouble(real) : (long)point.Number(6)!.Value;
}
