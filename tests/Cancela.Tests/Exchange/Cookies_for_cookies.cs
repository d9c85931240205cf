using System.Text.Json;
using Cancela.Accounts;
using Cancela.Tests.Conformance;
using Cancela.Tests.Hostile;
using Xunit;

namespace Cancela.Tests.Exchange;

/// <summary>The browser slot changes its strategy, and nobody signs in again.</summary>
public sealed class Cookies_for_cookies
{
    public static TheoryData<string, string> BothWays => new() { { "session", "jwt-cookie" }, { "jwt-cookie", "session" } };

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task A_former_cookie_becomes_a_new_one_of_the_same_session(string from, string to)
    {
        await using var change = new Change();
        var (host, old) = await SignedInAsync(change, from);
        var before = (await host.ShowAsync(old)).Session();

        host = await change.DuringAsync(("Browser", to), ("Former:Browser", from));
        var first = (await host.ShowAsync(old)).Expect(200);
        var cookie = first.NewCookie()!;

        Assert.Equal(to == "jwt-cookie" ? 3 : 1, cookie.Split('.').Length);
        var after = (await host.ShowAsync(cookie)).Session();
        Assert.Equal(to, after.GetProperty("strategy").GetString());
        foreach (var same in new[] { "id", "created_at" }) Assert.Equal(before.GetProperty(same).GetString(), after.GetProperty(same).GetString());
        Assert.Equal(before.GetProperty("amr").ToString(), after.GetProperty("amr").ToString());
        Assert.Null((await host.ShowAsync(cookie)).NewCookie());
        Assert.Equal(to, (await DeviceAsync(host, cookie)).GetProperty("strategy").GetString());
        Assert.Equal(1, await host.ExchangesAsync());
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task The_former_value_goes_on_until_the_window_ends_and_not_a_second_longer(string from, string to)
    {
        await using var change = new Change();
        var (host, old) = await SignedInAsync(change, from, ("Jwt:Lifetime", "5.00:00:00"));
        host = await change.DuringAsync(("Browser", to), ("Former:Browser", from), ("Jwt:Lifetime", "5.00:00:00"));
        var cookie = (await host.ShowAsync(old)).NewCookie()!;

        await host.AdvanceAsync(Change.Length - TimeSpan.FromSeconds(1));
        (await host.ShowAsync(old)).Expect(200);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await host.ShowAsync(old)).Expect(401, to == "session" ? "session_invalid" : "token_malformed");
        (await host.ShowAsync(cookie)).Expect(200);
        host = await change.AfterAsync(("Browser", to));
        (await host.ShowAsync(old)).Expect(401);
        (await host.ShowAsync(cookie)).Expect(200);
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Without_a_window_the_other_strategys_cookie_is_nothing(string from, string to)
    {
        await using var change = new Change();
        var (host, old) = await SignedInAsync(change, from);
        host = await change.AfterAsync(("Browser", to));

        Assert.Null((await host.ShowAsync(old)).Expect(401).NewCookie());
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Fifty_tabs_at_once_exchange_once_and_whatever_they_get_is_good(string from, string to)
    {
        await using var change = new Change();
        var (host, old) = await SignedInAsync(change, from);
        host = await change.DuringAsync(("Browser", to), ("Former:Browser", from));

        var replies = await Storm.OfAsync(50, _ => host.ShowAsync(old));

        Assert.All(replies, static reply => reply.Expect(200));
        Assert.Single(replies.Select(static reply => reply.Sid()).Distinct());
        var cookies = replies.Select(static reply => reply.NewCookie()).OfType<string>().Distinct().ToList();
        if (to == "session") Assert.Single(cookies);
        foreach (var cookie in cookies) Assert.Equal(to, (await host.ShowAsync(cookie)).Strategy());
        Assert.Equal(1, await host.ExchangesAsync());
        Assert.Equal(1, await host.Sql.CountAsync("cancela_sessions"));
    }

    // The browser never saw the answer: it shows the former cookie again.
    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task A_lost_answer_is_given_again_by_another_process_too(string from, string to)
    {
        await using var change = new Change();
        var (host, old) = await SignedInAsync(change, from);
        (string, string)[] settings = [("Browser", to), ("Former:Browser", from)];
        host = await change.DuringAsync(settings);
        var lost = (await host.ShowAsync(old)).NewCookie()!;
        host = await change.DuringAsync(settings);
        var again = (await host.ShowAsync(old)).NewCookie()!;

        if (to == "session") Assert.Equal(lost, again);
        else Assert.Equal(Jot.Read(lost).Number("exp"), Jot.Read(again).Number("exp"));
        Assert.Equal((await host.ShowAsync(lost)).Sid(), (await host.ShowAsync(again)).Sid());
        Assert.Equal(1, await host.ExchangesAsync());
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task A_narrowed_sign_in_stays_narrow(string from, string to)
    {
        await using var change = new Change();
        var host = await change.BeforeAsync(("Browser", from));
        using var client = host.Client();
        await host.AdministratorAsync(client, Person.Ada);
        await client.LoginAsync(Person.Ada);
        Assert.Equal(1, await host.Sql.RunAsync("UPDATE cancela_sessions SET scope = 'account'"));

        host = await change.DuringAsync(("Browser", to), ("Former:Browser", from));
        var cookie = (await host.ShowAsync(client.Cookies[Views.Cookie])).NewCookie()!;

        (await host.ShowAsync(cookie, "/users")).Expect(403, "insufficient_scope");
        (await host.ShowAsync(cookie)).Expect(200);
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Another_sites_page_changes_and_exchanges_nothing(string from, string to)
    {
        await using var change = new Change();
        var (host, old) = await SignedInAsync(change, from);
        host = await change.DuringAsync(("Browser", to), ("Former:Browser", from));
        using var client = host.Holding(old);
        client.Headers["Sec-Fetch-Site"] = "cross-site";

        Assert.Empty((await client.PostAsync("/auth/logout")).Expect(403, "cross_site_request").SetCookies);
        Assert.Empty((await client.DeleteAsync("/auth/sessions")).Expect(403, "cross_site_request").SetCookies);
        Assert.Equal(0, await host.ExchangesAsync());
        (await host.ShowAsync(old)).Expect(200);
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task A_ban_ends_both(string from, string to)
    {
        await using var change = new Change();
        var (host, old) = await SignedInAsync(change, from);
        host = await change.DuringAsync(("Browser", to), ("Former:Browser", from));
        var cookie = (await host.ShowAsync(old)).NewCookie()!;
        await host.ChangeAsync(Guid.Parse((await host.Sql.ColumnAsync("SELECT id FROM cancela_accounts")).Single()), new AccountChange { Status = AccountStatus.Closed });

        (await host.ShowAsync(old)).Expect(401);
        (await host.ShowAsync(cookie)).Expect(401);
    }

    [Fact]
    public async Task A_token_does_not_outlive_the_absolute_end_of_the_session_that_it_is_given_for()
    {
        await using var change = new Change();
        (string, string)[] limits = [("Session:Lifetime", "08:00:00"), ("Session:AbsoluteLifetime", "10:00:00")];
        var (host, old) = await SignedInAsync(change, "session", limits);
        await host.AdvanceAsync(TimeSpan.FromHours(3));
        host = await change.DuringAsync([("Browser", "jwt-cookie"), ("Former:Browser", "session"), .. limits]);

        Assert.Equal(TimeSpan.FromHours(7), Jot.Read((await host.ShowAsync(old)).NewCookie()).Life);
    }

    [Fact]
    public async Task A_session_given_for_a_token_counts_from_the_sign_in_and_ends_no_sooner_than_the_token()
    {
        await using var change = new Change();
        var (host, old) = await SignedInAsync(change, "jwt-cookie", ("Jwt:Lifetime", "20.00:00:00"));
        var start = change.Clock.GetUtcNow();
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        host = await change.DuringAsync(("Browser", "session"), ("Former:Browser", "jwt-cookie"), ("Session:Lifetime", "1.00:00:00"), ("Session:AbsoluteLifetime", "10.00:00:00"));
        Assert.NotNull((await host.ShowAsync(old)).NewCookie());

        Assert.Equal(start.AddDays(20), RawSql.Time((await host.Sql.ColumnAsync("SELECT absolute_expires_at FROM cancela_sessions")).Single()));
        Assert.Equal(start.AddDays(2), RawSql.Time((await host.Sql.ColumnAsync("SELECT expires_at FROM cancela_sessions")).Single()));
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("refresh-denylist")]
    [InlineData("refresh-rotation")]
    public async Task A_bearer_token_put_into_the_cookie_is_not_exchanged(string token)
    {
        foreach (var tracked in new[] { "true", "false" })
        {
            await using var change = new Change();
            var host = await change.DuringAsync(("Token", token), ("Browser", "session"), ("Former:Browser", "jwt-cookie"), ("TrackTokens", tracked));
            using var client = host.Client();
            await client.RegisterAsync(Person.Ada);
            var access = (await client.TokenAsync(Person.Ada)).Text("access_token")!;

            Assert.Null((await host.ShowAsync(access)).Expect(200).NewCookie());
            Assert.Equal(0, await host.ExchangesAsync());
        }
    }

    // A refresh token in the cookie is of the wrong type, whatever the window.
    [Fact]
    public async Task A_refresh_token_in_the_cookie_opens_nothing()
    {
        await using var change = new Change();
        var host = await change.DuringAsync(("Browser", "session"), ("Former:Browser", "jwt-cookie"));
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);

        (await host.ShowAsync((await client.TokenAsync(Person.Ada)).Text("refresh_token")!)).Expect(401, "token_wrong_type");
    }

    [Fact]
    public async Task A_token_without_a_row_goes_on_as_it_is()
    {
        await using var change = new Change();
        var (host, old) = await SignedInAsync(change, "jwt-cookie", ("TrackTokens", "false"));
        host = await change.DuringAsync(("Browser", "session"), ("Former:Browser", "jwt-cookie"));

        Assert.Null((await host.ShowAsync(old)).Expect(200).NewCookie());
    }

    [Fact]
    public async Task A_change_that_is_taken_back_takes_the_cookies_back()
    {
        await using var change = new Change();
        var (host, first) = await SignedInAsync(change, "session");
        var sid = (await host.ShowAsync(first)).Sid();
        host = await change.DuringAsync(("Browser", "jwt-cookie"), ("Former:Browser", "session"));
        var second = (await host.ShowAsync(first)).NewCookie()!;

        host = await change.DuringAsync(("Browser", "session"), ("Former:Browser", "jwt-cookie"));
        (await host.ShowAsync(first)).Expect(200);
        var third = (await host.ShowAsync(second)).NewCookie()!;

        var me = await host.ShowAsync(third);
        Assert.Equal((sid, "session"), (me.Sid(), me.Strategy()));
    }

    [Fact]
    public async Task The_cookies_name_changes_with_the_profile_and_nobody_is_signed_out()
    {
        await using var change = new Change();
        var host = await change.BeforeAsync(("Profile", "session"));
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        var old = client.Cookies["session_id"];

        (string, string)[] next = [("Profile", "jwt-cookie"), ("Former:Browser", "session"), ("Former:Cookie", "session_id")];
        host = await change.DuringAsync(next);
        using var later = host.Holding(old, "session_id");
        (await later.GetAsync("/auth/me")).Expect(200);
        Assert.Equal(old, later.Cookies["session_id"]);
        Assert.Equal(3, later.Cookies[Views.Cookie].Split('.').Length);

        (await later.PostAsync("/auth/logout")).Expect(204);
        Assert.Empty(later.Cookies);
    }

    private static async Task<JsonElement> DeviceAsync(CancelaHost host, string cookie) =>
        Assert.Single((await host.ShowAsync(cookie, "/auth/sessions")).Expect(200).Json.GetProperty("sessions").EnumerateArray());

    private static async Task<(CancelaHost Host, string Cookie)> SignedInAsync(Change change, string strategy, params (string, string)[] settings)
    {
        var host = await change.BeforeAsync([("Browser", strategy), .. settings]);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        return (host, client.Cookies[Views.Cookie]);
    }
}
