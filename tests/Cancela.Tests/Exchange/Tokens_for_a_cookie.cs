using Cancela.Accounts;
using Cancela.Tests.Conformance;
using Cancela.Tests.Hostile;
using Xunit;

namespace Cancela.Tests.Exchange;

/// <summary>An application moves from the cookie of <c>session</c> to the tokens of <c>refresh-rotation</c>, each in the profile of its name.</summary>
public sealed class Tokens_for_a_cookie
{
    private const string OldName = "session_id";

    private static readonly (string, string)[] Next = [("Profile", "refresh-rotation"), ("Former:CookieForTokens", "true"), ("Former:Cookie", OldName)];

    [Fact]
    public async Task The_cookie_gets_a_pair_of_the_same_session_and_goes_on()
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        var sid = (await ShowAsync(host, cookie)).Sid();
        host = await change.DuringAsync(Next);

        var pair = (await ExchangeAsync(host, cookie)).Expect(200);

        Assert.Equal((sid, "refresh"), (Jot.Read(pair.Text("access_token")).Text("sid"), Jot.Read(pair.Text("refresh_token")).Text("type")));
        Assert.Equal(sid, (await ShowAsync(host, cookie)).Sid());
        var device = Assert.Single((await host.ShowTokenAsync(pair.Text("access_token")!)).Expect(200).Json.GetProperty("sessions").EnumerateArray());
        Assert.Equal("refresh-rotation", device.GetProperty("strategy").GetString());
        var renewed = (await host.RefreshAsync(pair.Text("refresh_token")!)).Expect(200);
        (await host.ShowTokenAsync(renewed.Text("access_token")!)).Expect(200);
        Assert.Equal(1, await host.ExchangesAsync());
    }

    [Fact]
    public async Task At_the_end_of_the_window_the_exchanged_cookie_is_refused_and_the_tokens_go_on()
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        host = await change.DuringAsync(Next);
        var refresh = (await ExchangeAsync(host, cookie)).Expect(200).Text("refresh_token")!;
        var renamed = (await ShowAsync(host, cookie)).NewCookie();
        Assert.Equal(cookie, renamed);

        await host.AdvanceAsync(Change.Length - TimeSpan.FromSeconds(1));
        (await host.ShowAsync(cookie)).Expect(200);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await host.ShowAsync(cookie)).Expect(401, "session_invalid");
        (await ExchangeAsync(host, cookie, Views.Cookie)).Expect(401, "not_authenticated");
        host = await change.AfterAsync(("Profile", "refresh-rotation"));
        (await host.ShowAsync(cookie)).Expect(401, "session_invalid");
        (await host.RefreshAsync(refresh)).Expect(200);
    }

    [Fact]
    public async Task Fifty_tabs_at_once_get_one_pair()
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        host = await change.DuringAsync(Next);

        var replies = await Storm.OfAsync(50, _ => ExchangeAsync(host, cookie));

        Assert.All(replies, static reply => reply.Expect(200));
        Assert.Single(replies.Select(static reply => reply.Text("refresh_token")).Distinct());
        Assert.Equal(1, await host.Sql.NumberAsync("SELECT generation FROM cancela_sessions"));
        Assert.Equal(1, await host.ExchangesAsync());
    }

    // A tab that was closed took its tokens along: the cookie gives the sign-in's living pair, and not another.
    [Fact]
    public async Task Later_the_cookie_gives_the_living_pair_and_never_a_second_one()
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        host = await change.DuringAsync(Next);
        var first = (await ExchangeAsync(host, cookie)).Expect(200).Text("refresh_token")!;
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        var second = (await host.RefreshAsync(first)).Expect(200).Text("refresh_token")!;
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(second, (await ExchangeAsync(host, cookie)).Expect(200).Text("refresh_token"));
        (await host.RefreshAsync(second)).Expect(200);
    }

    [Fact]
    public async Task It_has_to_be_allowed()
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        host = await change.DuringAsync(("Profile", "refresh-rotation"), ("Former:Cookie", OldName));

        (await ExchangeAsync(host, cookie)).Expect(401, "not_authenticated");
        (await ShowAsync(host, cookie)).Expect(200);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task Another_sites_page_gets_nothing(string header, string value)
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        host = await change.DuringAsync(Next);
        using var client = host.Holding(cookie, OldName);
        client.Headers[header] = value;

        (await client.PostAsync("/auth/refresh")).Expect(403, "cross_site_request");
        Assert.Equal(0, await host.ExchangesAsync());
    }

    [Theory]
    [InlineData("none", "not_authenticated")]
    [InlineData("dead", "session_invalid")]
    [InlineData("bearer", "token_malformed")]
    public async Task Nothing_else_is_worth_a_pair(string shown, string code)
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        host = await change.DuringAsync(Next);
        using var client = host.Holding(cookie, OldName);
        if (shown == "none") client.Cookies.Clear();
        if (shown == "dead") await host.Sql.RunAsync("DELETE FROM cancela_sessions");
        if (shown == "bearer") client.Bearer = "abc"; // a bearer token, where one is shown, decides alone

        (await client.PostAsync("/auth/refresh")).Expect(401, code);
        Assert.Equal(0, await host.ExchangesAsync());
    }

    [Theory]
    [InlineData("cookie")]
    [InlineData("token")]
    public async Task A_logout_with_either_ends_both(string by)
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        host = await change.DuringAsync(Next);
        var pair = (await ExchangeAsync(host, cookie)).Expect(200);

        if (by == "cookie") await host.LogOutAsync(cookie: cookie);
        else await host.LogOutAsync(token: pair.Text("refresh_token"));

        (await ShowAsync(host, cookie)).Expect(401, "session_invalid");
        (await host.ShowTokenAsync(pair.Text("access_token")!)).Expect(401, "token_revoked");
        (await host.RefreshAsync(pair.Text("refresh_token")!)).Expect(401, "token_revoked");
    }

    [Fact]
    public async Task Reuse_of_its_tokens_ends_the_cookie_too()
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        host = await change.DuringAsync(Next);
        var first = (await ExchangeAsync(host, cookie)).Expect(200).Text("refresh_token")!;
        (await host.RefreshAsync(first)).Expect(200);
        await host.AdvanceAsync(TimeSpan.FromSeconds(10));

        (await host.RefreshAsync(first)).Expect(401, "refresh_reused");
        (await ShowAsync(host, cookie)).Expect(401, "session_invalid");
    }

    [Fact]
    public async Task A_narrowed_sign_in_stays_narrow_and_a_new_role_is_new()
    {
        await using var change = new Change();
        var (host, cookie) = await SignedInAsync(change);
        await host.Sql.RunAsync("UPDATE cancela_sessions SET scope = 'account'");
        await host.Sql.RunAsync("UPDATE cancela_accounts SET role = 'ADMIN'");
        host = await change.DuringAsync(Next);

        var pair = (await ExchangeAsync(host, cookie)).Expect(200);

        Assert.Equal(("account", Roles.Administrator), (pair.Text("scope"), Jot.Read(pair.Text("access_token")).Text("role")));
    }

    private static async Task<(CancelaHost Host, string Cookie)> SignedInAsync(Change change)
    {
        var host = await change.BeforeAsync(("Profile", "session"));
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        return (host, client.Cookies[OldName]);
    }

    private static async Task<Reply> ExchangeAsync(CancelaHost host, string cookie, string name = OldName)
    {
        using var client = host.Holding(cookie, name);
        return await client.PostAsync("/auth/refresh");
    }

    private static async Task<Reply> ShowAsync(CancelaHost host, string cookie)
    {
        using var client = host.Holding(cookie, OldName);
        return await client.GetAsync("/auth/me");
    }
}
