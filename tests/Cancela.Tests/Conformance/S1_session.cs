using System.Buffers.Text;
using System.Security.Cryptography;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S1: "an opaque session ID in a cookie", in profile <c>session</c>.</summary>
[OnEachStore]
public sealed partial class S1_session(SessionProfile fixture) : Walk(fixture), IClassFixture<SessionProfile>
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>"<c>POST /auth/login</c> {email, password} → cookie + <c>{"user": …}</c>", and the cookie's line.</summary>
    [Fact]
    public async Task Login_answers_with_the_user_and_sets_exactly_this_cookie()
    {
        var person = await SomebodyAsync();
        using var browser = Host.Client();
        var reply = await browser.LoginAsync(person.Email);
        Assert.Equal(["user"], Members(reply.Json));
        Assert.Equal(person.Id, reply.Json.GetProperty("user").GetProperty("id").GetGuid());
        var id = Assert.Single(browser.Cookies).Value;
        Assert.Equal($"session_id={id}; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=604800", Assert.Single(reply.SetCookies));
    }

    /// <summary>"The server holds the session; the client holds a random ID": 256 bits, of which the server keeps the SHA-256.</summary>
    [Fact]
    public async Task The_server_holds_the_session_and_the_client_a_random_id()
    {
        var person = await SomebodyAsync();
        using var one = await BrowserAsync(person);
        using var two = await BrowserAsync(person);
        var (first, second) = (one.Cookies["session_id"], two.Cookies["session_id"]);
        Assert.NotEqual(first, second);
        var secret = Base64Url.DecodeFromChars(first);
        Assert.Equal(32, secret.Length);

        var cells = await Sql.EveryCellAsync();
        Assert.Contains(Convert.ToHexString(SHA256.HashData(secret)), cells);
        Assert.DoesNotContain(cells, cell => cell.Contains(first, StringComparison.Ordinal) || cell.Contains(Convert.ToHexString(secret), StringComparison.Ordinal));
    }

    /// <summary>"a request that arrives with less than 50 % of the lifetime left moves the expiry to now + 7 days (and re-sends the cookie)".</summary>
    [Fact]
    public async Task A_request_with_less_than_half_the_lifetime_left_moves_the_expiry_and_sends_the_cookie_again()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        var id = browser.Cookies["session_id"];
        var end = Now + Week;

        await Host.AdvanceAsync(Week / 2);
        Assert.Empty((await browser.GetAsync("/auth/me")).Expect(200).SetCookies);
        Assert.Equal(end, await EndOfAsync(person));

        await Host.AdvanceAsync(Second);
        var reply = (await browser.GetAsync("/auth/me")).Expect(200);
        Assert.Equal($"session_id={id}; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=604800", Assert.Single(reply.SetCookies));
        Assert.Equal(Now + Week, await EndOfAsync(person));
        Assert.Equal(Now + Week, reply.Json.GetProperty("session").GetProperty("expires_at").GetDateTimeOffset());
        Assert.Empty((await browser.GetAsync("/auth/me")).Expect(200).SetCookies);
    }

    /// <summary>"Inactive for 7 days: gone."</summary>
    [Fact]
    public async Task Inactive_for_seven_days_it_is_gone()
    {
        using var nearly = await BrowserAsync(await SomebodyAsync());
        using var gone = await BrowserAsync(await SomebodyAsync());
        await Host.AdvanceAsync(Week - Second);
        (await nearly.GetAsync("/auth/me")).Expect(200);
        await Host.AdvanceAsync(Second);
        var reply = (await gone.GetAsync("/auth/me")).Expect(401, "session_invalid");
        Assert.Equal("Sessão inválida ou expirada", reply.Text("detail"));
        (await nearly.GetAsync("/auth/me")).Expect(200);
    }

    /// <summary>"7 days, sliding": whoever comes back within the week stays signed in, however long.</summary>
    [Fact]
    public async Task It_slides_for_as_long_as_somebody_comes_back()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        for (var weeks = 0; weeks < 10; weeks++)
        {
            await Host.AdvanceAsync(Week - Second);
            Assert.Single((await browser.GetAsync("/auth/me")).Expect(200).SetCookies);
        }
    }

    /// <summary>"<c>GET /auth/me</c> → <c>{"user": …}</c> or 401".</summary>
    [Fact]
    public async Task Me_is_the_user_or_401()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        Assert.Equal(person.Email, (await browser.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").GetProperty("email").GetString());
        using var stranger = Host.Client();
        (await stranger.GetAsync("/auth/me")).Expect(401, "not_authenticated");
        stranger.Cookies["session_id"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        (await stranger.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    /// <summary>"<c>POST /auth/logout</c> → session deleted".</summary>
    [Fact]
    public async Task Logout_deletes_the_session_and_clears_the_cookie()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        var id = browser.Cookies["session_id"];
        var reply = (await browser.PostAsync("/auth/logout")).Expect(204);
        Assert.Equal("session_id=; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=0", Assert.Single(reply.SetCookies));
        Assert.Empty(await RowsOfAsync(person));
        browser.Cookies["session_id"] = id;
        (await browser.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    /// <summary>Logout in the second half of the week says one thing about the cookie: that it is cleared.</summary>
    [Fact]
    public async Task Logout_in_the_second_half_sets_one_cookie_line_only()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        await Host.AdvanceAsync(Week - Second);
        var reply = (await browser.PostAsync("/auth/logout")).Expect(204);
        Assert.Equal("session_id=; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=0", Assert.Single(reply.SetCookies));
    }

    private Task<List<Dictionary<string, object?>>> RowsOfAsync(Somebody person) =>
        Sql.ReadAsync("SELECT * FROM cancela_sessions WHERE account_id = @id", ("id", person.Id));

    private async Task<DateTimeOffset> EndOfAsync(Somebody person) => RawSql.Time(Assert.Single(await RowsOfAsync(person))["expires_at"]);
}
