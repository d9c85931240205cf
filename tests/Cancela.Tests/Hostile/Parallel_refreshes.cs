using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Fifty uses of one refresh token at once.</summary>
public sealed class Parallel_refreshes
{
    [Fact]
    public async Task Within_the_grace_period_all_get_the_same_successor_and_the_token_is_rotated_once()
    {
        await using var host = await StormHost.StartAsync();
        var token = await FirstTokenAsync(host);
        for (var generation = 1; generation <= 5; generation++)
        {
            var used = token;
            var replies = await Storm.OfAsync(50, _ => host.RefreshAsync(used));
            Assert.All(replies, static reply => reply.Expect(200));
            token = Assert.Single(replies.Select(static reply => reply.Text("refresh_token")!).Distinct());
            Assert.NotEqual(used, token);
            Assert.Equal(generation, await host.Sql.NumberAsync("SELECT generation FROM cancela_sessions"));
        }
        Assert.Equal(0, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'refresh_reuse'"));
    }

    [Fact]
    public async Task Without_grace_one_succeeds_and_the_session_is_ended_for_reuse()
    {
        await using var host = await StormHost.StartAsync(settings: ("Refresh:Grace", "00:00:00"));
        for (var round = 0; round < 5; round++)
        {
            var token = await FirstTokenAsync(host, $"ada{round}@example.com");
            var replies = await Storm.OfAsync(50, _ => host.RefreshAsync(token));

            var winner = Assert.Single(replies, static reply => (int)reply.Status == 200);
            Assert.All(replies.Where(reply => reply != winner), static reply => Assert.Contains(reply.Expect(401).Code, new[] { "refresh_reused", "token_revoked" }));
            Assert.Contains(replies, static reply => reply.Code == "refresh_reused");
            // RFC 9700 section 4.14.2: nobody can tell who the thief is, so nobody goes on.
            (await host.RefreshAsync(winner.Text("refresh_token")!)).Expect(401, "token_revoked");
            (await host.MeAsync(winner.Text("access_token")!)).Expect(401, "token_revoked");
            Assert.Equal(0, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_sessions"));
        }
    }

    [Fact]
    public async Task After_the_grace_period_a_used_token_ends_the_session()
    {
        await using var host = await CancelaHost.StartAsync();
        var token = await FirstTokenAsync(host);
        var next = (await host.RefreshAsync(token)).Expect(200).Text("refresh_token")!;
        await host.AdvanceAsync(TimeSpan.FromSeconds(9));
        Assert.Equal(next, (await host.RefreshAsync(token)).Expect(200).Text("refresh_token"));
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        var replies = await Storm.OfAsync(50, _ => host.RefreshAsync(token));
        Assert.Equal(50, replies.Count(401));
        (await host.RefreshAsync(next)).Expect(401, "token_revoked");
    }

    [Fact]
    public async Task A_token_without_rotation_is_renewed_fifty_times_and_its_session_ends_for_all_of_them()
    {
        await using var host = await StormHost.StartAsync("refresh-denylist");
        var token = await FirstTokenAsync(host);
        var replies = await Storm.OfAsync(50, _ => host.RefreshAsync(token));
        Assert.Equal(50, replies.Count(200));
        using var client = host.Client();
        client.Bearer = token;
        (await client.PostAsync("/auth/logout")).Expect(204);
        var after = await Storm.OfAsync(50, number => host.MeAsync(replies[number].Text("access_token")!));
        Assert.All(after, static reply => reply.Expect(401, "token_revoked"));
        (await host.RefreshAsync(token)).Expect(401, "token_revoked");
    }

    private static async Task<string> FirstTokenAsync(CancelaHost host, string email = Person.Ada)
    {
        using var client = host.Client();
        await client.RegisterAsync(email);
        return (await client.TokenAsync(email)).Text("refresh_token")!;
    }
}
