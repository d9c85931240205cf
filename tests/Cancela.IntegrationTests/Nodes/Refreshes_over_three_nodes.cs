using Cancela.Tests;
using Cancela.Tests.Contracts;
using Cancela.Tests.Hostile;
using Xunit;

namespace Cancela.IntegrationTests.Nodes;

/// <summary>Fifty uses of one refresh token at once, spread over three nodes.</summary>
public sealed class Refreshes_over_three_nodes
{
    private const int Uses = 50;

    [Theory]
    [InlineData(TestStore.Postgres)]
    [InlineData(TestStore.PostgresAndRedis)]
    public async Task They_leave_one_living_chain(string store)
    {
        await using var nodes = await ThreeNodes.StartAsync(store);
        var first = await FirstTokenAsync(nodes);
        var used = first;
        for (var generation = 1; generation <= 5; generation++)
        {
            var token = used;
            var replies = await Storm.OfAsync(Uses, number => nodes[number].RefreshAsync(token));

            Assert.All(replies, static reply => reply.Expect(200));
            used = Assert.Single(replies.Select(static reply => reply.Text("refresh_token")!).Distinct());
            Assert.Equal(generation, await nodes.Sql.NumberAsync("SELECT generation FROM cancela_sessions"));
        }
        Assert.Equal(0, await nodes.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'refresh_reuse'"));

        // It is the only one that lives: it goes on after the grace period, and what came before it ends the sign-in.
        await nodes.AdvanceAsync(TimeSpan.FromSeconds(11));
        var last = (await nodes[1].RefreshAsync(used)).Expect(200);
        (await nodes[2].RefreshAsync(first)).Expect(401, "refresh_reused");
        await nodes.AdvanceAsync(TimeSpan.Zero);
        foreach (var node in nodes.All)
        {
            (await node.RefreshAsync(last.Text("refresh_token")!)).Expect(401, "token_revoked");
            (await node.MeAsync(last.Text("access_token")!)).Expect(401, "token_revoked");
        }
    }

    [Theory]
    [InlineData(TestStore.Postgres)]
    [InlineData(TestStore.PostgresAndRedis)]
    public async Task Without_grace_one_succeeds_and_nobody_goes_on(string store)
    {
        await using var nodes = await ThreeNodes.StartAsync(store, settings: ("Refresh:Grace", "00:00:00"));
        var token = await FirstTokenAsync(nodes);

        var replies = await Storm.OfAsync(Uses, number => nodes[number].RefreshAsync(token));

        var winner = Assert.Single(replies, static reply => (int)reply.Status == 200);
        Assert.Contains(replies, static reply => (int)reply.Status == 401 && reply.Code == "refresh_reused");
        Assert.Equal(0, await nodes.Sql.CountAsync("cancela_sessions"));
        await nodes.AdvanceAsync(TimeSpan.Zero);
        foreach (var node in nodes.All) (await node.RefreshAsync(winner.Text("refresh_token")!)).Expect(401, "token_revoked");
    }

    // S3 hands out no other refresh token: the one chain that there is ends everywhere at once.
    [Theory]
    [InlineData(TestStore.Postgres)]
    [InlineData(TestStore.PostgresAndRedis)]
    public async Task Without_rotation_the_one_token_stays_and_a_logout_ends_it_on_all_nodes(string store)
    {
        await using var nodes = await ThreeNodes.StartAsync(store, "refresh-denylist");
        var token = await FirstTokenAsync(nodes);

        var replies = await Storm.OfAsync(Uses, number => nodes[number].RefreshAsync(token));
        Assert.All(replies, static reply => Assert.False(reply.Expect(200).Json.TryGetProperty("refresh_token", out _)));

        using var client = nodes[0].Client();
        client.Bearer = token;
        (await client.PostAsync("/auth/logout")).Expect(204);
        await nodes.AdvanceAsync(TimeSpan.Zero);
        foreach (var node in nodes.All) (await node.RefreshAsync(token)).Expect(401, "token_revoked");
        var after = await Storm.OfAsync(Uses, number => nodes[number].MeAsync(replies[number].Text("access_token")!));
        Assert.All(after, static reply => reply.Expect(401, "token_revoked"));
    }

    private static async Task<string> FirstTokenAsync(ThreeNodes nodes)
    {
        using var client = nodes[0].Client();
        await client.RegisterAsync(Person.Ada);
        return (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
    }
}
