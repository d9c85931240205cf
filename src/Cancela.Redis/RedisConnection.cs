using System.Net;
using StackExchange.Redis;

namespace Cancela.Redis;

/// <summary>The client's connection to one server or to the masters of a cluster, until another one takes its place.</summary>
internal sealed class RedisConnection(ConnectionMultiplexer client)
{
    private readonly CancellationTokenSource _closed = new();

    public IDatabaseAsync Database { get; } = client.GetDatabase();

    public ConnectionMultiplexer Client => client;

    /// <summary>Cancelled when another one took its place.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>The server of a cluster that a key belongs to; <see langword="null"/> where there is only one.</summary>
    public EndPoint? ServerOf(RedisKey key) => Cluster?.GetBySlot(key)?.EndPoint;

    /// <summary>Ends when a server answered.</summary>
    public Task PingAsync(EndPoint server) => client.GetServer(server).PingAsync();

    /// <summary>Ends when any server answered.</summary>
    public Task PingAsync() => Database.PingAsync();

    /// <summary>Ends when every server answered that keys belong to.</summary>
    public Task PingAllAsync() => Cluster is { } cluster
        ? Task.WhenAll(cluster.Nodes.Where(static node => node.Slots.Count > 0).Select(node => PingAsync(node.EndPoint)))
        : PingAsync();

    /// <summary>Whatever is under way on it ends, or never does. Waits for nothing: a stalled server would keep us.</summary>
    public void Close()
    {
        _closed.Cancel();
        RedisLine.LetGo(Task.Run(() => client.Close(allowCommandsToComplete: false)));
    }

    private ClusterConfiguration? Cluster
    {
        get
        {
            foreach (var server in client.GetEndPoints())
            {
                if (client.GetServer(server).ClusterConfiguration is { } known) return known;
            }
            return null;
        }
    }
}
