using Xunit;

namespace Cancela.Tests.Exchange;

/// <summary>
/// Two nodes on one database, and clients that go on as they are replaced one by one: each request goes to either. First the
/// coming strategies are accepted everywhere, then handed out, then the former ones are let go. Every answer is judged.
/// </summary>
public sealed class Rolling_change
{
    private const int People = 6;

    public static TheoryData<string, string, string, string> Changes => new()
    {
        { "session", "jwt-cookie", "refresh-denylist", "refresh-rotation" },
        { "jwt-cookie", "session", "refresh-rotation", "refresh-denylist" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Nobody_is_refused_while_the_nodes_are_replaced(string cookie, string nextCookie, string token, string nextToken)
    {
        await using var nodes = new Nodes();
        (string, string)[] before = [("Browser", cookie), ("Token", token)];
        (string, string)[] first = [.. before, ("Coming:Browser", nextCookie), ("Coming:Token", nextToken)];
        (string, string)[] second =
        [
            ("Browser", nextCookie), ("Token", nextToken), ("Former:Browser", cookie), ("Former:Token", token),
            ("Former:Until", Change.Text(nodes.Clock.GetUtcNow().AddDays(1))),
        ];
        await nodes.StartAsync(before);
        await using var crowd = await Crowd.SignInAsync(nodes, People);

        await nodes.ReplaceAsync(first, crowd);
        await nodes.ReplaceAsync(second, crowd);

        await crowd.LeaveAsync();
        Assert.Empty(crowd.Refused);
        Assert.InRange(crowd.Requests, 300, int.MaxValue);
        Assert.Equal(2 * People, await nodes.One.Sql.CountAsync("cancela_sessions"));
        Assert.Equal([nextCookie, nextToken], (await nodes.One.Sql.ColumnAsync("SELECT DISTINCT strategy FROM cancela_sessions")).OrderByDescending(name => name == nextCookie));
        Assert.Equal(2 * People, await nodes.One.ExchangesAsync());
        Assert.Equal(0, await nodes.One.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'refresh_reuse'"));

        // The last step lets the former go: whoever came along holds the new.
        await nodes.StartAsync([("Browser", nextCookie), ("Token", nextToken)]);
        Assert.All(await crowd.OnceMoreAsync(), static reply => reply.Expect(200));
    }

    // What a roll-out without its first step costs: the guard above is worth nothing unless it sees this.
    [Fact]
    public async Task Without_the_first_step_an_old_node_refuses_what_a_new_one_handed_out()
    {
        await using var nodes = new Nodes();
        await nodes.StartAsync([("Browser", "session")]);
        await using var crowd = await Crowd.SignInAsync(nodes, People);

        await nodes.ReplaceAsync([("Browser", "jwt-cookie"), ("Former:Browser", "session"), ("Former:Until", Change.Text(nodes.Clock.GetUtcNow().AddDays(1)))], crowd);

        await crowd.LeaveAsync();
        Assert.NotEmpty(crowd.Refused);
    }

    [Fact]
    public async Task An_application_moves_from_the_cookie_to_tokens_and_nobody_signs_in_again()
    {
        await using var nodes = new Nodes();
        await nodes.StartAsync([("Profile", "session")]);
        await using var crowd = await Crowd.SignInAsync(nodes, People, tokens: false);
        (string, string)[] first = [("Profile", "session"), ("Coming:Cookie", Views.Cookie)];
        (string, string)[] second =
        [
            ("Profile", "refresh-rotation"), ("Former:CookieForTokens", "true"), ("Former:Cookie", "session_id"),
            ("Former:Until", Change.Text(nodes.Clock.GetUtcNow().AddDays(1))),
        ];

        await nodes.ReplaceAsync(first, crowd);
        await nodes.ReplaceAsync(second, crowd);
        // The application's next version comes after the nodes': it asks for tokens, beside tabs that still have the version before.
        await crowd.TakeTokensAsync();
        await crowd.LeaveAsync();

        Assert.Empty(crowd.Refused);
        Assert.Equal(People, await nodes.One.ExchangesAsync());
        Assert.Equal(["refresh-rotation"], await nodes.One.Sql.ColumnAsync("SELECT DISTINCT strategy FROM cancela_sessions"));
        await nodes.StartAsync([("Profile", "refresh-rotation")]);
        Assert.All(await crowd.OnceMoreAsync(cookies: false), static reply => reply.Expect(200));
    }
}
