using System.Net;
using StackExchange.Redis;

namespace Cancela.Redis;

/// <summary>The client's connection to one server or to the masters of a cluster, until another one takes its place.</summary>
internal sealed class RedisConnection : IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    public RedisConnection(ConnectionMultiplexer client)
    {
        Client = client;
        Database = client.GetDatabase();
        Closed = _closed.Token;
    }

    public IDatabaseAsync Database { get; }

    public ConnectionMultiplexer Client { get; }

    /// <summary>Cancelled when another one took its place.</summary>
    public CancellationToken Closed { get; }

    /// <summary>The server of a cluster that a key belongs to; <see langword="null"/> where there is only one.</summary>
    public EndPoint? ServerOf(RedisKey key) => Cluster?.GetBySlot(key)?.EndPoint;

    /// <summary>Ends when a server answered.</summary>
    public Task PingAsync(EndPoint server) => Client.GetServer(server).PingAsync();

    /// <summary>Ends when any server answered.</summary>
    public Task PingAsync() => Database.PingAsync();

    /// <summary>Ends when every server answered that keys belong to.</summary>
    public Task PingAllAsync() => Cluster is { } cluster
        ? Task.WhenAll(cluster.Nodes.Where(static node => node.Slots.Count > 0).Select(node => PingAsync(node.EndPoint)))
        : PingAsync();

    /// <summary>Whatever is under way on it ends, or never does. Waits for nothing: a stalled server would keep us.</summary>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        RedisLine.LetGo(Task.Run(() => Client.Close(allowCommandsToComplete: false)));
    }

    private ClusterConfiguration? Cluster
    {
        get
        {
            foreach (var server in Client.GetEndPoints())
            {
                if (ServerAt(server)?.ClusterConfiguration is { } known) return known;
            }
            return null;
        }
    }

    // A client that is being closed, because another one took its place or the node is stopping, forgets its servers one by one.
    private IServer? ServerAt(EndPoint server)
    {
        try
        {
            return Client.GetServer(server);
        }
        catch (Exception exception) when (exception is ArgumentException or ObjectDisposedException)
        {
            return null;
        }
    }
}
