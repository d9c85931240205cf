using Cancela.IntegrationTests.Redis;
using Cancela.Redis;
using Cancela.Tests;
using Xunit;

namespace Cancela.IntegrationTests.Nodes;

/// <summary>The limit of a network over two nodes.</summary>
public sealed class Limits_that_nodes_share
{
    private static readonly Dictionary<string, string?> Four = new() { ["Limits:PerNetwork"] = "4" };

    [Fact]
    public async Task Requests_to_both_nodes_are_counted_together()
    {
        await using var nodes = await NodePair.StartAsync(settings: Four);
        using var here = nodes.Here.Client();
        using var there = nodes.There.Client();

        await WrongAsync(here, 401);
        await WrongAsync(there, 401);
        await WrongAsync(here, 401);
        await WrongAsync(there, 401);

        await WrongAsync(here, 429);
        await WrongAsync(there, 429);
    }

    [Fact]
    public async Task While_Redis_is_away_each_node_counts_alone()
    {
        await using var nodes = await NodePair.StartAsync(settings: Four);
        using var here = nodes.Here.Client();
        nodes.Redis.Pause();
        var asked = new RedisCounts(NodePair.LineOf(nodes.Here)).CountAsync("nobody", TimeSpan.FromMinutes(1)).AsTask();
        nodes.Clock.Advance(RedisLine.Deadline);
        Assert.Null(await asked.WaitAsync(RedisLab.Patience));

        for (var n = 0; n < 4; n++) await WrongAsync(here, 401);
        await WrongAsync(here, 429);
        nodes.Redis.Resume();
    }

    private static async Task WrongAsync(TestClient client, int status) =>
        (await client.PostAsync("/auth/login", new { email = Person.Ada, password = "wrong, and long enough" }).WaitAsync(RedisLab.Patience)).Expect(status);
}
