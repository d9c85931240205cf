using Cancela.Tests;
using Cancela.Tests.Contracts;
using Cancela.Tests.Exchange;
using Xunit;
using Deployment = Cancela.Tests.Exchange.Nodes;

namespace Cancela.IntegrationTests.Nodes;

/// <summary>
/// From S1 to S4 on three nodes, which are replaced one by one while people go on: first the coming cookie is accepted
/// everywhere, then tokens are handed out for the cookie, then the window ends.
/// </summary>
public sealed class From_the_cookie_to_tokens_under_load
{
    private const int People = 4;

    [Theory]
    [InlineData(TestStore.Postgres)]
    [InlineData(TestStore.PostgresAndRedis)]
    public async Task Nobody_is_refused_all_get_tokens_and_after_the_window_only_those_count(string store)
    {
        await using var nodes = new Deployment(count: 3, store);
        (string, string)[] before = [("Profile", "session")];
        (string, string)[] first = [.. before, ("Coming:Cookie", Views.Cookie)];
        (string, string)[] second =
        [
            ("Profile", "refresh-rotation"), ("Former:CookieForTokens", "true"), ("Former:Cookie", "session_id"),
            ("Former:Until", Change.Text(nodes.Clock.GetUtcNow() + Change.Length)),
        ];
        await nodes.StartAsync(before);
        await using var crowd = await Crowd.SignInAsync(nodes, People, tokens: false);
        var cookies = crowd.CookiesOf("session_id");
        Assert.Equal(People, cookies.Count);

        await nodes.ReplaceAsync(first, crowd);
        await nodes.ReplaceAsync(second, crowd);
        await crowd.TakeTokensAsync();
        await crowd.LeaveAsync();

        Assert.Empty(crowd.Refused);
        Assert.Equal(["refresh-rotation"], await nodes.One.Sql.ColumnAsync("SELECT DISTINCT strategy FROM cancela_sessions"));
        Assert.Equal(People, await nodes.One.Sql.CountAsync("cancela_sessions"));
        Assert.Equal(People, await nodes.One.ExchangesAsync());
        Assert.Equal(0, await nodes.One.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'refresh_reuse'"));

        // In the window each is still let in by either; at its end by the tokens alone, on the nodes that run and on the next ones.
        foreach (var cookie in cookies) (await ShowAsync(nodes.At(2), cookie)).Expect(200);
        for (var node = 0; node < 3; node++) await nodes.At(node).AdvanceAsync(node == 0 ? Change.Length : TimeSpan.Zero);
        await OnlyTokensCountAsync(nodes, crowd, cookies);
        await nodes.StartAsync([("Profile", "refresh-rotation")]);
        await OnlyTokensCountAsync(nodes, crowd, cookies);
    }

    private static async Task OnlyTokensCountAsync(Deployment nodes, Crowd crowd, IReadOnlyList<string> cookies)
    {
        for (var node = 0; node < 3; node++)
            foreach (var cookie in cookies) (await ShowAsync(nodes.At(node), cookie)).Expect(401);
        Assert.All(await crowd.OnceMoreAsync(cookies: false), static reply => reply.Expect(200));
    }

    private static async Task<Reply> ShowAsync(CancelaHost node, string cookie)
    {
        using var client = node.Holding(cookie, "session_id");
        return await client.GetAsync("/auth/me");
    }
}
