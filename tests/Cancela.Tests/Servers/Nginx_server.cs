using Xunit;

namespace Cancela.Tests.Servers;

public sealed class Nginx_server
{
    [Fact]
    public async Task It_answers_as_its_configuration_says_also_after_a_kill()
    {
        Assert.SkipUnless(NginxServer.IsInstalled, NginxServer.Missing);
        await using var server = await NginxServer.StartAsync(port => $"server {{ listen 127.0.0.1:{port}; return 200 'here'; }}");
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.Equal("here", await client.GetStringAsync("/"));
        server.Kill();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/"));
        await server.StartAgainAsync();

        Assert.Equal("here", await client.GetStringAsync("/"));
    }

    [Fact]
    public async Task It_passes_on_what_is_long()
    {
        Assert.SkipUnless(NginxServer.IsInstalled, NginxServer.Missing);
        await using var behind = await CancelaHost.StartAsync(configure: app => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/long", () => new string('x', 1_000_000)));
        await using var server = await NginxServer.StartAsync(port =>
            $$"""
            upstream nodes { server {{behind.Address.Authority}}; }
            server { listen 127.0.0.1:{{port}}; location / { proxy_pass http://nodes; } }
            """);
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.Equal(1_000_000, (await client.GetStringAsync("/long")).Length);
    }

    [Fact]
    public async Task A_configuration_that_it_does_not_understand_is_told()
    {
        Assert.SkipUnless(NginxServer.IsInstalled, NginxServer.Missing);

        var told = await Assert.ThrowsAsync<InvalidOperationException>(() => NginxServer.StartAsync(_ => "nonsense;"));

        Assert.Contains("unknown directive \"nonsense\"", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposed_it_leaves_nothing_behind()
    {
        Assert.SkipUnless(NginxServer.IsInstalled, NginxServer.Missing);
        var server = await NginxServer.StartAsync(port => $"server {{ listen 127.0.0.1:{port}; return 204; }}");
        int[] pids = [server.Pid, .. Processes.Children(server.Pid)];
        Assert.Equal(2, pids.Length);
        server.Pause();

        await server.DisposeAsync();

        Assert.All(pids, pid => Assert.False(Processes.IsRunning(pid)));
        Assert.False(Directory.Exists(server.Folder));
    }
}
