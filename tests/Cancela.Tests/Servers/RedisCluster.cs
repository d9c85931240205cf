namespace Cancela.Tests.Servers;

/// <summary>Three Redis masters that share the slots, without replicas.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private const int Slots = 16_384;

    private RedisCluster(IReadOnlyList<RedisServer> nodes) => Nodes = nodes;

    public IReadOnlyList<RedisServer> Nodes { get; }

    public string ConnectionString => string.Join(',', Nodes.Select(node => node.ConnectionString));

    public static async Task<RedisCluster> StartAsync()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RedisServer.StartAsync(null,
            "--cluster-enabled", "yes", "--cluster-port", $"{LoopbackPort.Free()}", "--cluster-node-timeout", "2000")));
        var cluster = new RedisCluster(nodes);
        try
        {
            await cluster.FormAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Empties all three.</summary>
    public Task FlushAsync() => Task.WhenAll(Nodes.Select(node => node.FlushAsync()));

    public void Pause() => Each(node => node.Pause());

    public void Resume() => Each(node => node.Resume());

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
    }

    // What `redis-cli --cluster create` does, without its pauses: slots, epochs that differ, and introductions.
    private async Task FormAsync()
    {
        for (var i = 0; i < Nodes.Count; i++)
        {
            await Nodes[i].AskAsync("CLUSTER", "ADDSLOTSRANGE", $"{Slots * i / Nodes.Count}", $"{(Slots * (i + 1) / Nodes.Count) - 1}");
            await Nodes[i].AskAsync("CLUSTER", "SET-CONFIG-EPOCH", $"{i + 1}");
        }
        foreach (var other in Nodes.Skip(1)) await Nodes[0].AskAsync("CLUSTER", "MEET", "127.0.0.1", $"{other.Port}", await BusAsync(other));
        await Task.WhenAll(Nodes.Select(node => node.SaysAsync("Cluster state changed: ok")));
    }

    private static async Task<string> BusAsync(RedisServer node) => (await node.AskAsync("CONFIG", "GET", "cluster-port")).Split('\n')[1];

    private void Each(Action<RedisServer> action)
    {
        foreach (var node in Nodes) action(node);
    }
}
