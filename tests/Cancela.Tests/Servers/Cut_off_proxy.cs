using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Cancela.Tests.Servers;

public sealed class Cut_off_proxy : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly TcpListener _echo = new(IPAddress.Loopback, 0);
    private readonly CutOffProxy _proxy;

    public Cut_off_proxy()
    {
        _echo.Start();
        _ = EchoAsync();
        _proxy = CutOffProxy.Start(((IPEndPoint)_echo.LocalEndpoint).Port);
    }

    [Fact]
    public async Task Whole_it_passes_everything_both_ways_and_who_hangs_up_is_heard()
    {
        using var client = await ConnectAsync();
        var stream = client.GetStream();
        var sent = Enumerable.Range(0, 300_000).Select(n => (byte)n).ToArray();

        var sending = stream.WriteAsync(sent);
        var received = new byte[sent.Length];
        await stream.ReadExactlyAsync(received);
        await sending;
        client.Client.Shutdown(SocketShutdown.Send);

        Assert.Equal(sent, received);
        Assert.Equal(0, await stream.ReadAsync(received));
    }

    [Fact]
    public async Task Cut_it_takes_everything_and_passes_nothing_until_it_is_restored()
    {
        using var before = await ConnectAsync();
        Assert.Equal(1, await AskAsync(before, 1));

        _proxy.Cut();
        using var during = await ConnectAsync();
        var first = AskAsync(before, 2);
        var second = AskAsync(during, 3);
        await Assert.ThrowsAsync<TimeoutException>(() => Task.WhenAny(first, second).WaitAsync(Moment));
        _proxy.Restore();

        Assert.Equal(2, await first);
        Assert.Equal(3, await second);
    }

    [Fact]
    public async Task Refusing_it_breaks_what_is_open_and_lets_nobody_in()
    {
        using var before = await ConnectAsync();
        Assert.Equal(1, await AskAsync(before, 1));

        _proxy.Refuse();
        await Assert.ThrowsAsync<IOException>(() => AskAsync(before, 2));
        await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        _proxy.Restore();

        using var after = await ConnectAsync();
        Assert.Equal(3, await AskAsync(after, 3));
    }

    [Fact]
    public async Task Refusing_ends_also_what_was_cut()
    {
        using var before = await ConnectAsync();
        _proxy.Cut();
        var asked = AskAsync(before, 1);

        _proxy.Refuse();

        await Assert.ThrowsAsync<IOException>(() => asked.WaitAsync(GuardedProcess.Patience));
    }

    [Fact]
    public async Task A_delay_holds_what_passes()
    {
        using var client = await ConnectAsync();
        await AskAsync(client, 1);
        _proxy.Delay = Moment;
        var start = TimeProvider.System.GetTimestamp();

        Assert.Equal(2, await AskAsync(client, 2));

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= 2 * Moment * 0.9);
    }

    [Fact]
    public async Task Who_finds_nobody_behind_it_is_told_so()
    {
        _echo.Stop();

        // While it connects, or when it asks: whichever is earlier.
        var told = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var client = await ConnectAsync();
            await AskAsync(client, 1);
        });
        Assert.True(told is IOException or SocketException, told.ToString());
    }

    public void Dispose()
    {
        _proxy.Dispose();
        _echo.Dispose();
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        return client;
    }

    private static async Task<int> AskAsync(TcpClient client, byte question)
    {
        var answer = new byte[1];
        var stream = client.GetStream();
        await stream.WriteAsync(new[] { question });
        await stream.ReadExactlyAsync(answer);
        return answer[0];
    }

    private async Task EchoAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _echo.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private static async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await client.GetStream().CopyToAsync(client.GetStream());
            }
            catch (IOException)
            {
                // Reset.
            }
        }
    }
}
