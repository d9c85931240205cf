using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Cancela.Tests.Server.Otlp;

/// <summary>The server's process sends what it counts to a collector, where one is named.</summary>
public sealed class Metrics_by_OTLP
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(null)]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task A_collector_hears_what_happened_up_to_the_servers_end(string? protocol)
    {
        await using var collector = await OtlpReceiver.StartAsync(grpc: protocol == "grpc");
        using var folder = new ServerFolder();
        folder.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        if (protocol is not null) folder.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        await using var server = await folder.StartAsync();
        await LiveAsync(server);
        // The period is a minute: this is what is sent at the end.
        Assert.Equal(0, await server.StopAsync());

        Assert.Equal(new Heard("counter", "{sign_in}", 1), collector.Metrics["cancela.sign_ins{outcome=success,strategy=session}"]);
        Assert.Equal(new Heard("counter", "{sign_in}", 2), collector.Metrics["cancela.sign_ins{outcome=invalid_credentials,strategy=session}"]);
        Assert.Equal(new Heard("counter", "{refresh}", 1), collector.Metrics["cancela.refreshes{outcome=success,strategy=refresh-rotation}"]);
        Assert.Equal(new Heard("counter", "{request}", 1), collector.Metrics["cancela.refusals{code=not_authenticated}"]);
        Assert.Equal(new Heard("counter", "{request}", 2), collector.Metrics["cancela.refusals{code=invalid_credentials}"]);
        Assert.Equal(new Heard("counter", "{revocation}", 1), collector.Metrics["cancela.revocations{kind=session}"]);
        Assert.Equal(new Heard("gauge", "{entry}", 1), collector.Metrics["cancela.revocation.set.size"]);
        Assert.Equal(new Heard("up-down counter", "{hash}", 0), collector.Metrics["cancela.hash.queue"]);
        Assert.Equal(("counter", "s"), (collector.Metrics["cancela.revocation.blind.seconds"].Kind, collector.Metrics["cancela.revocation.blind.seconds"].Unit));
        Assert.InRange(collector.Metrics["cancela.revocation.lag"].Value, 0, 60);
        Assert.True(collector.Metrics["cancela.revocation.feed.reads{outcome=success,reason=poll}"].Value >= 1);
        // The framework's own come along.
        Assert.Contains(collector.Metrics.Keys, series => series.StartsWith("http.server.request.duration{", StringComparison.Ordinal));
        Assert.Contains(collector.Metrics.Keys, series => series.StartsWith("kestrel.connection.duration{", StringComparison.Ordinal));
        Assert.Contains(collector.Metrics.Keys, series => series.StartsWith("dotnet.gc.", StringComparison.Ordinal));
        Assert.Contains("service.name=cancela", collector.Senders.Keys);
        Assert.Contains($"service.instance.id={Environment.MachineName}:{server.Id}", collector.Senders.Keys);
        Assert.Equal(Requests, collector.Spans["Microsoft.AspNetCore"]);
    }

    [Fact]
    public async Task The_setting_wins_over_the_variable_and_the_other_variables_count()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var other = await OtlpReceiver.StartAsync();
        using var folder = new ServerFolder();
        folder.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = other.Address;
        folder.Environment["OTEL_SERVICE_NAME"] = "door";
        folder.Environment["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test";
        folder.Environment["OTEL_TRACES_EXPORTER"] = "none";
        await using var server = await folder.StartAsync($"--Cancela:Server:Otlp={collector.Address}");
        await LiveAsync(server);
        Assert.Equal(0, await server.StopAsync());

        Assert.Equal(1, collector.Metrics["cancela.sign_ins{outcome=success,strategy=session}"].Value);
        Assert.Contains("service.name=door", collector.Senders.Keys);
        Assert.Contains("deployment.environment.name=test", collector.Senders.Keys);
        Assert.Empty(collector.Spans);
        Assert.Empty(other.Metrics);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_of_it_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has loaded is read from /proc.");
        await using var collector = await OtlpReceiver.StartAsync();
        using var folder = new ServerFolder();
        Assert.False(await LoadsAsync());
        folder.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        Assert.True(await LoadsAsync());

        async Task<bool> LoadsAsync()
        {
            await using var server = await folder.StartAsync();
            using var client = new TestClient(server.Address);
            (await client.GetAsync("/auth/me")).Expect(401);
            return (await File.ReadAllTextAsync($"/proc/{server.Id}/maps")).Contains("OpenTelemetry", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Cancela__Server__Otlp", "collector:4318", "Cancela:Server:Otlp must be an address such as http://localhost:4318.")]
    [InlineData("Cancela__Server__Otlp", "ftp://collector", "Cancela:Server:Otlp must be an address such as http://localhost:4318.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT must be an address such as http://localhost:4318.")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json': it must be one of http/protobuf, grpc.")]
    public async Task A_slip_stops_the_start_and_is_told(string variable, string value, string sentence)
    {
        using var folder = new ServerFolder();
        folder.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4318";
        folder.Environment[variable] = value;
        var ended = await folder.RunAsync(["--urls=http://127.0.0.1:0"]);
        Assert.Equal((1, sentence), (ended.Code, ended.Errors.Trim()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_collector_that_is_away_or_silent_holds_up_no_request_and_hardly_the_end(bool silent)
    {
        // Whoever connects to it is let in by the system and hears nothing.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (silent) socket.Listen();
        using var folder = new ServerFolder();
        folder.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "100";
        await using var server = await folder.StartAsync($"--Cancela:Server:Otlp=http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
        if (silent) using (await socket.AcceptAsync().WaitAsync(Soon)) await LiveAsync(server);
        else await LiveAsync(server);

        var asked = Stopwatch.GetTimestamp();
        Assert.Equal(0, await server.StopAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, Soon);
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
    }

    private const int Requests = 8;

    private static async Task LiveAsync(ServerProcess server)
    {
        using var client = new TestClient(server.Address);
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        for (var i = 0; i < 2; i++) (await client.PostAsync("/auth/login", new { email = Person.Ada, password = "another one" })).Expect(401);
        (await client.PostAsync("/auth/logout")).Expect(204);
        (await client.GetAsync("/auth/me")).Expect(401, "not_authenticated");
        var refresh = (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
        client.Bearer = null;
        (await client.FormAsync("/auth/refresh", ("refresh_token", refresh))).Expect(200);
    }
}
