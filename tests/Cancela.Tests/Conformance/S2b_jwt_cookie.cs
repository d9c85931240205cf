using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S2b: "the same token in a cookie", in profile <c>jwt-cookie</c>.</summary>
[OnEachStore]
public sealed class S2b_jwt_cookie(JwtCookieProfile fixture) : Walk(fixture), IClassFixture<JwtCookieProfile>
{
    private const string Name = "__Host-session_id";

    /// <summary>"The S2 JWT in an <c>HttpOnly; Secure; SameSite</c> cookie".</summary>
    [Fact]
    public async Task Login_sets_the_S2_token_as_a_cookie()
    {
        var person = await SomebodyAsync();
        using var browser = Host.Client();
        var reply = await browser.LoginAsync(person.Email);
        var value = browser.Cookies[Name];
        Assert.Equal($"{Name}={value}; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=86400", Assert.Single(reply.SetCookies));
        var token = Jot.Read(value);
        Assert.True(token.IsSignedByUs);
        Assert.Equal(person.Id, token.Id("sub"));
        Assert.Equal(person.Email, token.Text("email"));
        Assert.Equal("USER", token.Text("role"));
        Assert.Equal("access", token.Text("type"));
        Assert.Equal(TimeSpan.FromHours(24), token.Life);
    }

    /// <summary>"stateless": recognised without the store.</summary>
    [Fact]
    public async Task It_is_stateless()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        Assert.Equal(0, await StatementsAsync(async () => (await browser.GetAsync("/own")).Expect(200)));
    }

    /// <summary>Its 24 hours do not slide.</summary>
    [Fact]
    public async Task It_expires_after_24_hours_and_is_not_sent_again()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        await Host.AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Empty((await browser.GetAsync("/auth/me")).Expect(200).SetCookies);
        await Host.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await browser.GetAsync("/auth/me")).Expect(401, "token_expired");
    }

    /// <summary>"out of reach of XSS": scripts see neither the cookie nor the token in a body.</summary>
    [Fact]
    public async Task It_is_out_of_reach_of_XSS()
    {
        var person = await SomebodyAsync();
        using var browser = Host.Client();
        var login = await browser.LoginAsync(person.Email);
        Assert.Contains("; HttpOnly;", Assert.Single(login.SetCookies), StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies[Name], login.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies[Name], (await browser.GetAsync("/auth/me")).Body, StringComparison.Ordinal);
    }

    /// <summary>"Brings CSRF with it, so unsafe methods are protected": refused, and nothing changed.</summary>
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Unsafe_methods_from_elsewhere_are_refused(string header, string value)
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        browser.Headers[header] = value;
        (await browser.PostAsync("/own")).Expect(403, "cross_site_request");
        (await browser.PutAsync($"/users/{person.Id}", new { name = "Eve" })).Expect(403, "cross_site_request");
        (await browser.DeleteAsync($"/users/{person.Id}")).Expect(403, "cross_site_request");
        var logout = (await browser.PostAsync("/auth/logout")).Expect(403, "cross_site_request");
        Assert.Equal("Requisição de outra origem recusada", logout.Text("detail"));
        Assert.Empty(logout.SetCookies);
        (await browser.GetAsync("/own")).Expect(200);

        browser.Headers.Clear();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await browser.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").GetProperty("name").ValueKind);
    }

    /// <summary>Our own pages, the address bar and programs pass.</summary>
    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", null)]
    [InlineData("X-Nothing", "at all")]
    public async Task Unsafe_methods_from_our_own_pages_pass(string header, string? value)
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        browser.Headers[header] = value ?? Host.Address.GetLeftPart(UriPartial.Authority);
        (await browser.PostAsync("/own")).Expect(204);
    }

    /// <summary>A bearer token is not sent by itself: CSRF belongs to the cookie.</summary>
    [Fact]
    public async Task A_bearer_token_needs_no_such_protection()
    {
        var (program, _) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        client.Headers["Origin"] = "https://elsewhere.example";
        (await client.PostAsync("/own")).Expect(204);
    }

    /// <summary>Logout ends it on the server too, and ends one.</summary>
    [Fact]
    public async Task Logout_ends_one_never_all()
    {
        var person = await SomebodyAsync();
        using var one = await BrowserAsync(person);
        using var two = await BrowserAsync(person);
        var copied = one.Cookies[Name];
        Assert.Equal($"{Name}=; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=0", Assert.Single((await one.PostAsync("/auth/logout")).Expect(204).SetCookies));
        one.Cookies[Name] = copied;
        (await one.GetAsync("/own")).Expect(401, "token_revoked");
        (await two.GetAsync("/own")).Expect(200);
    }
}
