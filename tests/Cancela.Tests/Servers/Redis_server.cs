using Xunit;

namespace Cancela.Tests.Servers;

public sealed class Redis_server
{
    [Fact]
    public async Task It_keeps_what_it_is_told_until_it_is_emptied()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        await using var server = await RedisServer.StartAsync();

        await server.AskAsync("SET", "a", "b c");
        Assert.Equal("b c", await server.AskAsync("GET", "a"));
        await server.FlushAsync();

        Assert.Equal("0", await server.AskAsync("DBSIZE"));
    }

    [Fact]
    public async Task With_a_password_it_answers_nobody_else()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        await using var server = await RedisServer.StartAsync("open sesame");
        await using var stranger = await RedisConnection.OpenAsync(server.Port);

        Assert.Equal("PONG", await server.AskAsync("PING"));
        Assert.Contains("NOAUTH", (await Assert.ThrowsAsync<InvalidOperationException>(() => stranger.AskAsync("PING"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paused_it_answers_nobody_and_goes_on_where_it_was()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        await using var server = await RedisServer.StartAsync();

        server.Pause();
        var asked = server.AskAsync("PING");
        await Assert.ThrowsAsync<TimeoutException>(() => asked.WaitAsync(TimeSpan.FromMilliseconds(300)));
        server.Resume();

        Assert.Equal("PONG", await asked);
    }

    [Fact]
    public async Task Killed_and_started_again_it_is_on_the_same_port_and_empty()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        await using var server = await RedisServer.StartAsync();
        await server.AskAsync("SET", "a", "b");

        server.Kill();
        await Assert.ThrowsAnyAsync<Exception>(() => server.AskAsync("PING"));
        await server.StartAgainAsync();

        Assert.Equal("0", await server.AskAsync("DBSIZE"));
    }

    [Fact]
    public async Task Disposed_it_leaves_nothing_behind()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        var server = await RedisServer.StartAsync();
        var pid = server.Pid;
        Assert.True(Processes.IsRunning(pid));

        await server.DisposeAsync();

        Assert.False(Processes.IsRunning(pid));
        Assert.False(Directory.Exists(server.Folder));
    }
}
