using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>The contract's "Browser slot", out of the box.</summary>
[OnEachStore]
public sealed class Contract_browser_slot(NoProfile fixture) : Walk(fixture), IClassFixture<NoProfile>
{
    private const string Name = "__Host-session_id";

    /// <summary>"<c>POST /auth/login</c> → 200 {user} + cookie … exactly <c>HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=604800</c>".</summary>
    [Fact]
    public async Task Login_sets_exactly_this_cookie()
    {
        var person = await SomebodyAsync();
        using var browser = Host.Client();
        var reply = await browser.LoginAsync(person.Email);
        Assert.Equal($"{Name}={browser.Cookies[Name]}; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=604800", Assert.Single(reply.SetCookies));
    }

    /// <summary>"Over plain HTTP on loopback in Development, <c>Secure</c> is left out, and only there."</summary>
    [Fact]
    public async Task In_Development_on_loopback_Secure_is_left_out()
    {
        await using var host = await CancelaHost.StartAsync(environment: "Development");
        using var browser = host.Client();
        var person = await SomebodyAsync(host);
        var reply = await browser.LoginAsync(person.Email);
        Assert.Equal($"session_id={browser.Cookies["session_id"]}; HttpOnly; SameSite=Lax; Path=/; Max-Age=604800", Assert.Single(reply.SetCookies));
        (await browser.GetAsync("/auth/me")).Expect(200);
    }

    /// <summary>"(a deployment can choose <c>SameSite=Strict</c>, and a shorter life)", and the name.</summary>
    [Fact]
    public async Task A_deployment_can_choose_Strict_and_a_shorter_life_and_another_name()
    {
        await using var host = await CancelaHost.StartAsync(
            settings: new() { ["Cookie:SameSite"] = "Strict", ["Cookie:Name"] = "porta", ["Session:Lifetime"] = "01:00:00" });
        using var browser = host.Client();
        var person = await SomebodyAsync(host);
        var reply = await browser.LoginAsync(person.Email);
        Assert.Equal($"porta={browser.Cookies["porta"]}; HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age=3600", Assert.Single(reply.SetCookies));
    }

    /// <summary>"A new session ID at every sign-in": the one that the browser had before is ended.</summary>
    [Fact]
    public async Task Every_sign_in_has_a_new_session_id()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        var before = browser.Cookies[Name];
        await browser.LoginAsync(person.Email);
        Assert.NotEqual(before, browser.Cookies[Name]);
        browser.Cookies[Name] = before;
        (await browser.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    /// <summary>"<c>POST /auth/logout</c> → 204 … also with a bearer (ends that token's session)."</summary>
    [Fact]
    public async Task Logout_with_a_bearer_ends_that_tokens_session()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        var (program, _) = await ProgramAsync(person);
        using var client = program;
        (await client.PostAsync("/auth/logout")).Expect(204);
        (await client.GetAsync("/own")).Expect(401, "token_revoked");
        (await browser.GetAsync("/own")).Expect(200);
    }

    /// <summary>"Without a credential, or with one that is already dead: 204 all the same."</summary>
    [Fact]
    public async Task Logout_is_204_without_a_credential_and_with_a_dead_one()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        var dead = browser.Cookies[Name];
        (await browser.PostAsync("/auth/logout")).Expect(204);
        browser.Cookies[Name] = dead;
        (await browser.PostAsync("/auth/logout")).Expect(204);
        browser.Cookies.Clear();
        (await browser.PostAsync("/auth/logout")).Expect(204);
        browser.Bearer = "nonsense";
        (await browser.PostAsync("/auth/logout")).Expect(204);
    }

    /// <summary>"Two cookies of the session's name authenticate nobody (401)."</summary>
    [Fact]
    public async Task Two_cookies_of_the_name_authenticate_nobody()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        var one = browser.Cookies[Name];
        browser.Cookies[Name] = $"{one}; {Name}={one}";
        (await browser.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    /// <summary>"The node that acknowledges a revocation refuses from that moment; T is for the others", which read the log within T.</summary>
    [Fact]
    public async Task Other_nodes_refuse_within_T()
    {
        await using var other = await CancelaHost.StartAsync(clock: Host.Clock, folder: Host.Folder, configure: ProfileFixture.MapOwn);
        using var browser = await BrowserAsync(await SomebodyAsync());
        using var there = other.Client();
        there.Cookies[Name] = browser.Cookies[Name];
        (await there.GetAsync("/own")).Expect(200);
        (await browser.PostAsync("/auth/logout")).Expect(204);
        await other.AdvanceAsync(TimeSpan.FromMilliseconds(250));
        (await there.GetAsync("/own")).Expect(401, "session_invalid");
    }

    /// <summary>"Unsafe methods authenticated by cookie": each row of the rule, with what is to come of it.</summary>
    [Theory]
    [InlineData("same-origin", null, 204)]
    [InlineData("none", null, 204)]
    [InlineData("same-site", null, 403)]
    [InlineData("cross-site", null, 403)]
    [InlineData("cross-site", "own", 403)]
    [InlineData("same-origin", "https://evil.example", 204)]
    [InlineData(null, "own", 204)]
    [InlineData(null, "https://evil.example", 403)]
    [InlineData(null, null, 204)]
    public async Task Unsafe_methods_by_cookie_come_from_our_own_pages(string? site, string? origin, int status)
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        if (site is not null) browser.Headers["Sec-Fetch-Site"] = site;
        if (origin is not null) browser.Headers["Origin"] = origin == "own" ? Host.Address.GetLeftPart(UriPartial.Authority) : origin;
        var reply = (await browser.PostAsync("/own")).Expect(status);
        if (status == 403) Assert.Equal("cross_site_request", reply.Code);
        (await browser.GetAsync("/own")).Expect(200);
    }

    /// <summary>"or on the allow list".</summary>
    [Fact]
    public async Task An_origin_on_the_allow_list_passes()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["AllowedOrigins:0"] = "https://app.example.com" }, configure: ProfileFixture.MapOwn);
        using var browser = host.Client();
        await browser.LoginAsync((await SomebodyAsync(host)).Email);
        browser.Headers["Origin"] = "https://app.example.com";
        (await browser.PostAsync("/own")).Expect(204);
        browser.Headers["Origin"] = "https://app.example.com.evil.example";
        (await browser.PostAsync("/own")).Expect(403, "cross_site_request");
    }
}
