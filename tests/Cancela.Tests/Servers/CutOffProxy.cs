using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Cancela.Tests.Servers;

/// <summary>A wire that can be cut: forwards a port of loopback to another, until it is told not to.</summary>
internal sealed class CutOffProxy : IDisposable
{
    private readonly IPEndPoint _target;
    private readonly ConcurrentDictionary<CutOffConnection, byte> _connections = [];
    private readonly Lock _lock = new();
    private Socket? _listener;
    private volatile TaskCompletionSource _passable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CutOffProxy(int target)
    {
        _target = new IPEndPoint(IPAddress.Loopback, target);
        Restore();
    }

    public int Port { get; } = LoopbackPort.Free();

    /// <summary>How long each piece that passes is held.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Those that are open.</summary>
    public int Connections => _connections.Count;

    /// <param name="target">The port that is forwarded to.</param>
    public static CutOffProxy Start(int target) => new(target);

    /// <summary>
    /// A black hole: connections stay and new ones are taken, but nothing passes, not even that somebody hangs up. What is sent
    /// meanwhile arrives after <see cref="Restore"/>, as TCP would send it again.
    /// </summary>
    public void Cut()
    {
        lock (_lock)
            if (_passable.Task.IsCompleted) _passable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A closed port: all connections are reset, new ones are refused.</summary>
    public void Refuse()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
        }
        foreach (var connection in _connections.Keys) connection.Reset();
    }

    /// <summary>The connections that are open stay so, and nothing passes on them any more: as behind a firewall that forgot them. New ones are whole.</summary>
    public void Strand()
    {
        foreach (var connection in _connections.Keys) connection.Strand();
    }

    /// <summary>Everything passes again.</summary>
    public void Restore()
    {
        lock (_lock)
        {
            _passable.TrySetResult();
            if (_listener is not null) return;
            _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            _listener.Listen(512);
            _ = AcceptAsync(_listener);
        }
    }

    public void Dispose()
    {
        Refuse();
        _passable.TrySetResult();
    }

    /// <summary>Returns when the wire is whole.</summary>
    internal async Task PassAsync(CancellationToken cancel)
    {
        if (Delay > TimeSpan.Zero)
        {
            using var timer = new PeriodicTimer(Delay, TimeProvider.System);
            await timer.WaitForNextTickAsync(cancel);
        }
        while (!_passable.Task.IsCompleted) await _passable.Task.WaitAsync(cancel);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var connection = new CutOffConnection(await listener.AcceptAsync(), _target, this);
                lock (_lock)
                {
                    if (_listener == listener) _connections[connection] = 0;
                    else connection.Reset();
                }
                _ = ServeAsync(connection);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // It refuses now.
        }
    }

    private async Task ServeAsync(CutOffConnection connection)
    {
        await connection.ForwardAsync();
        _connections.TryRemove(connection, out _);
    }
}
