using Xunit;

namespace Cancela.Tests.Servers;

public sealed class Redis_cluster
{
    [Fact]
    public async Task Three_masters_share_the_keys_and_send_each_to_its_own()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        await using var cluster = await RedisCluster.StartAsync();

        var sentTo = new HashSet<string>();
        for (var n = 0; n < 30; n++)
        {
            foreach (var node in cluster.Nodes)
            {
                try
                {
                    await node.AskAsync("SET", $"key{n}", "x");
                }
                catch (InvalidOperationException moved)
                {
                    Assert.StartsWith("MOVED ", moved.Message, StringComparison.Ordinal);
                    sentTo.Add(moved.Message.Split(' ')[2]);
                }
            }
        }

        Assert.Equal(cluster.Nodes.Select(node => $"127.0.0.1:{node.Port}").Order(), sentTo.Order());
        var sizes = await Task.WhenAll(cluster.Nodes.Select(node => node.AskAsync("DBSIZE")));
        Assert.DoesNotContain("0", sizes);
        Assert.Equal(30, sizes.Sum(int.Parse));
        await cluster.FlushAsync();
        Assert.Equal(["0", "0", "0"], await Task.WhenAll(cluster.Nodes.Select(node => node.AskAsync("DBSIZE"))));
    }

    [Fact]
    public async Task Disposed_it_leaves_nothing_behind()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        var cluster = await RedisCluster.StartAsync();
        var pids = cluster.Nodes.Select(node => node.Pid).ToList();
        Assert.All(pids, pid => Assert.True(Processes.IsRunning(pid)));
        cluster.Pause();

        await cluster.DisposeAsync();

        Assert.All(pids, pid => Assert.False(Processes.IsRunning(pid)));
        Assert.All(cluster.Nodes, node => Assert.False(Directory.Exists(node.Folder)));
    }
}
