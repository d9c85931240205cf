using Cancela.Strategies;
using Cancela.Tests.Contracts;
using Cancela.Tests.Hostile;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Exchange;

/// <summary>Whatever a sign-in was ever handed ends with it, also when it ends after the window and its revocation would be forgotten by today's measure.</summary>
[OnEachStore]
public sealed class Former_credentials_end_too
{
    [Theory]
    [InlineData("session", "jwt-cookie", "old")]
    [InlineData("session", "jwt-cookie", "new")]
    [InlineData("jwt-cookie", "session", "old")]
    [InlineData("jwt-cookie", "session", "new")]
    public async Task A_logout_in_the_window_ends_both_cookies(string from, string to, string by)
    {
        await using var change = new Change();
        var host = await change.BeforeAsync(("Browser", from));
        var old = await CookieAsync(host);
        host = await change.DuringAsync(("Browser", to), ("Former:Browser", from));
        var cookie = (await host.ShowAsync(old)).NewCookie()!;

        await host.LogOutAsync(cookie: by == "old" ? old : cookie);

        (await host.ShowAsync(old)).Expect(401);
        (await host.ShowAsync(cookie)).Expect(401);
        Assert.Equal(0, await host.Sql.CountAsync("cancela_sessions"));
    }

    [Theory]
    [InlineData("logout")]
    [InlineData("another device")]
    [InlineData("password")]
    [InlineData("plain SQL")]
    public async Task A_session_given_for_a_token_ends_the_token_after_the_window_too(string by)
    {
        await using var change = new Change();
        (string, string)[] life = [("Jwt:Lifetime", "10.00:00:00")];
        var host = await change.BeforeAsync([("Browser", "jwt-cookie"), .. life]);
        var token = await CookieAsync(host);
        host = await change.DuringAsync(("Browser", "session"), ("Former:Browser", "jwt-cookie"));
        var cookie = (await host.ShowAsync(token)).NewCookie()!;
        await host.AdvanceAsync(Change.Length);
        host = await change.AfterAsync(("Browser", "session"));
        (await host.ShowTokenAsync(token)).Expect(200); // as a bearer token it is what it ever was

        await EndAsync(host, cookie, by);

        await ForgetAndCheckAsync(change, host, [("Browser", "session")], async node =>
        {
            (await node.ShowTokenAsync(token)).Expect(401, "token_revoked");
            (await node.ShowAsync(cookie)).Expect(401, "session_invalid");
        });
    }

    [Theory]
    [InlineData("logout")]
    [InlineData("plain SQL")]
    public async Task A_pair_given_for_a_stateless_refresh_token_ends_that_token_after_the_change_is_taken_back_too(string by)
    {
        await using var change = new Change();
        (string, string)[] life = [("Refresh:Lifetime", "30.00:00:00")];
        var host = await change.BeforeAsync([("Token", "refresh-denylist"), .. life]);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var former = (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
        host = await change.DuringAsync(("Token", "refresh-rotation"), ("Former:Token", "refresh-denylist"), ("Refresh:Lifetime", "1.00:00:00"), ("Refresh:AccessLifetime", "00:01:00"));
        var pair = (await host.RefreshAsync(former)).Expect(200);

        if (by == "logout") await host.LogOutAsync(token: pair.Text("access_token"));
        else Assert.Equal(1, await host.Sql.RunAsync("DELETE FROM cancela_sessions"));
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await host.RefreshAsync(former)).Expect(401, "token_revoked");
        await host.AdvanceAsync(TimeSpan.FromDays(5));
        await host.ClearAwayAsync();
        host = await change.AfterAsync(("Token", "refresh-denylist"));
        await host.ClearAwayAsync();
        (await host.RefreshAsync(former)).Expect(401, "token_revoked");
    }

    // Its row ran out long before the former refresh token did: that one was used, and is not made good again by the sweep.
    [Fact]
    public async Task A_former_refresh_token_is_used_up_also_when_the_sign_in_ran_out()
    {
        await using var change = new Change();
        var host = await change.BeforeAsync(("Token", "refresh-denylist"), ("Refresh:Lifetime", "30.00:00:00"), ("TrackTokens", "false"));
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var former = (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
        host = await change.DuringAsync(("Token", "refresh-rotation"), ("Former:Token", "refresh-denylist"), ("Refresh:Lifetime", "01:00:00"));
        (await host.RefreshAsync(former)).Expect(200);

        await host.AdvanceAsync(TimeSpan.FromHours(30));
        await host.Services.GetRequiredService<SessionDirectory>().SweepAsync(CancellationToken.None);

        (await host.RefreshAsync(former)).Expect(401, "token_revoked");
        Assert.Equal(1, await host.ExchangesAsync());
    }

    private static async Task EndAsync(CancelaHost host, string cookie, string by)
    {
        using var other = host.Client();
        await other.LoginAsync(Person.Ada);
        switch (by)
        {
            case "logout": await host.LogOutAsync(cookie: cookie); break;
            case "another device": (await other.DeleteAsync($"/auth/sessions/{(await host.ShowAsync(cookie)).Sid()}")).Expect(204); break;
            case "password": (await other.PostAsync("/auth/password/change", new { current_password = Person.Password, new_password = "outro cavalo bateria grampo" })).Expect(204); break;
            default: await host.Sql.RunAsync("DELETE FROM cancela_sessions"); break;
        }
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
    }

    private static async Task ForgetAndCheckAsync(Change change, CancelaHost host, (string, string)[] settings, Func<CancelaHost, Task> check)
    {
        await check(host);
        await host.AdvanceAsync(TimeSpan.FromDays(3));
        await host.ClearAwayAsync();
        await check(host);
        host = await change.AfterAsync(settings);
        await host.ClearAwayAsync();
        await check(host);
    }

    private static async Task<string> CookieAsync(CancelaHost host)
    {
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        return client.Cookies[Views.Cookie];
    }
}
