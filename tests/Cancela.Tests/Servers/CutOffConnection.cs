using System.Net;
using System.Net.Sockets;

namespace Cancela.Tests.Servers;

/// <summary>One connection through a <see cref="CutOffProxy"/>.</summary>
/// <param name="client">Who came.</param>
/// <param name="target">Where it wants to.</param>
/// <param name="proxy">Says when something may pass.</param>
internal sealed class CutOffConnection(Socket client, IPEndPoint target, CutOffProxy proxy)
{
    private readonly CancellationTokenSource _reset = new();
    private volatile bool _isStranded;
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Ends with both sides closed.</summary>
    public async Task ForwardAsync()
    {
        try
        {
            client.NoDelay = true;
            await proxy.PassAsync(_reset.Token);
            await _server.ConnectAsync(target, _reset.Token);
            await Task.WhenAll(PumpAsync(client, _server), PumpAsync(_server, client));
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, or we were told to reset: the other hears of it below.
            client.LingerState = _server.LingerState = new LingerOption(true, 0);
        }
        finally
        {
            client.Dispose();
            _server.Dispose();
        }
    }

    /// <summary>Nothing passes any more, and nobody is told.</summary>
    public void Strand() => _isStranded = true;

    /// <summary>Both sides hear that the connection is broken.</summary>
    public void Reset() => _reset.Cancel();

    private async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (true)
            {
                var read = await from.ReceiveAsync(buffer, _reset.Token);
                await proxy.PassAsync(_reset.Token);
                if (_isStranded) await new TaskCompletionSource().Task.WaitAsync(_reset.Token);
                if (read == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _reset.Token);
            }
        }
        catch
        {
            Reset(); // The other direction has no meaning any more.
            throw;
        }
    }
}
