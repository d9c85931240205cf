using Cancela.Tests.Servers;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>Where Redis is in a test: one server, or three masters of a cluster. What is asked here goes past what is tested.</summary>
internal sealed class RedisPlace : IAsyncDisposable
{
    private static readonly Lazy<Task<RedisPlace>> SharedServer = new(static async () => new RedisPlace([await RedisServer.Shared]));
    private static readonly Lazy<Task<RedisPlace>> SharedCluster = new(StartSharedClusterAsync);

    private readonly RedisCluster? _cluster;

    private RedisPlace(IReadOnlyList<RedisServer> servers, RedisCluster? cluster = null) => (Servers, _cluster) = (servers, cluster);

    public IReadOnlyList<RedisServer> Servers { get; }

    public string ConnectionString => string.Join(',', Servers.Select(static server => server.ConnectionString));

    /// <summary>One for the whole process. Nobody pauses, kills or empties it.</summary>
    public static Task<RedisPlace> SharedAsync(bool cluster)
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        return (cluster ? SharedCluster : SharedServer).Value;
    }

    /// <summary>One to break.</summary>
    public static async Task<RedisPlace> StartAsync(bool cluster = false)
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        if (!cluster) return new RedisPlace([await RedisServer.StartAsync()]);
        var started = await RedisCluster.StartAsync();
        return new RedisPlace(started.Nodes, started);
    }

    /// <summary>Asks about one key: the server that it belongs to.</summary>
    public async Task<string> AskAsync(string command, string key, params string[] more)
    {
        foreach (var server in Servers)
        {
            try
            {
                return await server.AskAsync([.. command.Split(' '), key, .. more]);
            }
            catch (InvalidOperationException moved) when (moved.Message.StartsWith("MOVED ", StringComparison.Ordinal))
            {
                // One of the others.
            }
        }
        throw new InvalidOperationException($"No server has {key}.");
    }

    /// <summary>The keys that there are now.</summary>
    public async Task<List<string>> KeysAsync(string pattern) =>
        [.. (await Task.WhenAll(Servers.Select(server => server.AskAsync("KEYS", pattern)))).SelectMany(static keys => keys.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    public Task FlushAsync() => Task.WhenAll(Servers.Select(static server => server.FlushAsync()));

    public void Pause() => Each(static server => server.Pause());

    public void Resume() => Each(static server => server.Resume());

    public void Kill() => Each(static server => server.Kill());

    /// <summary>After a kill. Empty; a cluster remembers that it is one.</summary>
    public async Task StartAgainAsync()
    {
        await Task.WhenAll(Servers.Select(static server => server.StartAgainAsync()));
        if (_cluster is not null) await Task.WhenAll(Servers.Select(static server => server.SaysAsync("Cluster state changed: ok")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers) await server.DisposeAsync();
    }

    private static async Task<RedisPlace> StartSharedClusterAsync()
    {
        var place = await StartAsync(cluster: true);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => place.DisposeAsync().AsTask().Wait();
        return place;
    }

    private void Each(Action<RedisServer> action)
    {
        foreach (var server in Servers) action(server);
    }
}
