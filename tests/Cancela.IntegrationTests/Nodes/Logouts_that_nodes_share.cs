using Cancela.IntegrationTests.Redis;
using Cancela.Redis;
using Cancela.Strategies;
using Cancela.Tests;
using Xunit;

namespace Cancela.IntegrationTests.Nodes;

/// <summary><c>refresh-denylist</c> over two nodes: the denylist knows a logout before the other node has read the log.</summary>
public sealed class Logouts_that_nodes_share
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_logout_here_ends_the_renewal_there_without_the_log_and_without_the_database(bool cluster)
    {
        await using var nodes = await NodePair.StartAsync(cluster, StrategyNames.RefreshDenylist);
        var (client, refresh) = await SignedInAsync(nodes);
        Assert.Equal(0, await NodePair.StatementsAsync(nodes.There, async () => (await RefreshAsync(nodes.There, refresh)).Expect(200)));

        (await client.PostAsync("/auth/logout")).Expect(204);

        Assert.Equal(0, await NodePair.StatementsAsync(nodes.There, async () => (await RefreshAsync(nodes.There, refresh)).Expect(401, "token_revoked")));
        Assert.Equal(0, await NodePair.StatementsAsync(nodes.Here, async () => (await RefreshAsync(nodes.Here, refresh)).Expect(401, "token_revoked")));
    }

    [Fact]
    public async Task It_stays_on_the_list_for_as_long_as_the_refresh_token_would_have_lived()
    {
        await using var nodes = await NodePair.StartAsync(profile: StrategyNames.RefreshDenylist);
        var (client, _) = await SignedInAsync(nodes);
        await nodes.Here.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await client.PostAsync("/auth/logout")).Expect(204);

        var key = Assert.Single(await nodes.Redis.KeysAsync("cancela:denylist:*"));
        var left = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5);
        Assert.InRange(long.Parse(await nodes.Redis.AskAsync("PTTL", key)), left.TotalMilliseconds - 60_000, left.TotalMilliseconds);
    }

    [Fact]
    public async Task Signing_out_elsewhere_and_by_an_administrator_lists_each()
    {
        await using var nodes = await NodePair.StartAsync(profile: StrategyNames.RefreshDenylist);
        var (client, _) = await SignedInAsync(nodes);
        var refreshes = new List<string>();
        for (var n = 0; n < 3; n++)
        {
            using var other = nodes.There.Client();
            refreshes.Add((await other.TokenAsync(Person.Ada)).Text("refresh_token")!);
        }

        (await client.DeleteAsync("/auth/sessions")).Expect(204);

        Assert.Equal(3, (await nodes.Redis.KeysAsync("cancela:denylist:*")).Count);
        foreach (var refresh in refreshes) (await RefreshAsync(nodes.There, refresh)).Expect(401, "token_revoked");
    }

    [Fact]
    public async Task Without_rows_it_is_listed_too()
    {
        await using var nodes = await NodePair.StartAsync(profile: StrategyNames.RefreshDenylist, settings: new() { ["TrackTokens"] = "false" });
        var (client, refresh) = await SignedInAsync(nodes);

        (await client.PostAsync("/auth/logout")).Expect(204);

        (await RefreshAsync(nodes.There, refresh)).Expect(401, "token_revoked");
        var key = Assert.Single(await nodes.Redis.KeysAsync("cancela:denylist:*"));
        Assert.True(long.Parse(await nodes.Redis.AskAsync("PTTL", key)) > TimeSpan.FromDays(6.9).TotalMilliseconds);
    }

    [Fact]
    public async Task Emptied_the_set_still_knows()
    {
        await using var nodes = await NodePair.StartAsync(profile: StrategyNames.RefreshDenylist);
        var (client, refresh) = await SignedInAsync(nodes);
        (await client.PostAsync("/auth/logout")).Expect(204);
        await NodePair.HearAsync(nodes.There);

        await nodes.Redis.FlushAsync();

        (await RefreshAsync(nodes.There, refresh)).Expect(401, "token_revoked");
    }

    [Fact]
    public async Task Killed_the_set_decides_and_one_call_finds_nobody()
    {
        await using var nodes = await NodePair.StartAsync(profile: StrategyNames.RefreshDenylist);
        var (client, refresh) = await SignedInAsync(nodes);
        using var other = nodes.Here.Client();
        var going = (await other.TokenAsync(Person.Ada)).Text("refresh_token")!;
        await KillAsync(nodes);

        (await client.PostAsync("/auth/logout")).Expect(204);
        await NodePair.HearAsync(nodes.There);

        (await RefreshAsync(nodes.There, refresh)).Expect(401, "token_revoked");
        (await RefreshAsync(nodes.There, going)).Expect(200);
    }

    [Fact]
    public async Task Stalled_the_first_request_waits_for_a_deadline_and_nobody_after_it()
    {
        // The polls lie further apart than the deadline: it is the only timer that time passes for.
        await using var nodes = await NodePair.StartAsync(profile: StrategyNames.RefreshDenylist, settings: new() { ["Revocation:PollInterval"] = "00:00:01" });
        var (_, refresh) = await SignedInAsync(nodes);

        nodes.Redis.Pause();
        var kept = RefreshAsync(nodes.There, refresh);
        (await nodes.Clock.PassWhileAsync(kept, RedisLine.Deadline).WaitAsync(RedisLab.Patience)).Expect(200);
        Assert.Equal(1, NodePair.LineOf(nodes.There).Missed);

        for (var n = 0; n < 20; n++) (await RefreshAsync(nodes.There, refresh).WaitAsync(RedisLab.Patience)).Expect(200);
        Assert.Equal(1, NodePair.LineOf(nodes.There).Missed);
        nodes.Redis.Resume();
    }

    private static async Task KillAsync(NodePair nodes)
    {
        nodes.Redis.Kill();
        foreach (var node in new[] { nodes.Here, nodes.There })
        {
            // The client needs a moment to see that its connection is gone; what it is asked until then is never answered.
            var asked = new RedisDenylist(NodePair.LineOf(node)).AskAsync(Guid.Empty).AsTask();
            nodes.Clock.Advance(RedisLine.Deadline);
            await asked.WaitAsync(RedisLab.Patience);
            Assert.Equal(1, NodePair.LineOf(node).Lost);
        }
        await nodes.Here.AdvanceAsync(TimeSpan.Zero);
    }

    private static async Task<(TestClient Client, string Refresh)> SignedInAsync(NodePair nodes)
    {
        var client = nodes.Here.Client();
        await client.RegisterAsync(Person.Ada);
        return (client, (await client.TokenAsync(Person.Ada)).Text("refresh_token")!);
    }

    private static async Task<Reply> RefreshAsync(CancelaHost node, string refresh)
    {
        using var client = node.Client();
        client.Bearer = refresh;
        return await client.PostAsync("/auth/refresh");
    }
}
