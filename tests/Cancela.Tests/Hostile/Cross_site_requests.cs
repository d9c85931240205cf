using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Another site makes a browser send our cookie.</summary>
public sealed class Cross_site_requests
{
    private const string Allowed = "https://app.example.com";

    // site, origin, passes. "own" stands for the host's address. Sec-Fetch-Site decides where it is sent.
    public static TheoryData<string?, string?, bool> Matrix => new()
    {
        { null, null, true }, { null, "own", true }, { null, Allowed, true }, { null, "https://evil.example", false }, { null, "null", false },
        { null, "", false }, { null, "https://app.example.com.evil.example", false },
        { "same-origin", null, true }, { "same-origin", "own", true }, { "none", null, true },
        { "same-site", null, false }, { "same-site", "own", false }, { "cross-site", null, false }, { "cross-site", "own", false },
        { "cross-site", Allowed, false }, { "", null, false }, { "SAME-ORIGIN", null, false }, { "same-origin, cross-site", null, false },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Unsafe_methods_with_a_cookie_pass_only_from_our_own_site(string? site, string? origin, bool passes)
    {
        await using var host = await StartAsync();
        using var client = await SignedInAsync(host, site, origin);
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, new HttpMethod("PURGE") })
        {
            var reply = await client.SendAsync(new HttpRequestMessage(method, "/own"));
            if (passes) reply.Expect(200);
            else reply.Expect(403, "cross_site_request");
        }
        var rows = await host.RowsAsync();
        var ended = await client.DeleteAsync("/auth/sessions");
        if (passes) ended.Expect(204);
        else
        {
            ended.Expect(403, "cross_site_request");
            (await client.PostAsync("/auth/logout")).Expect(403, "cross_site_request");
            (await client.PostAsync("/auth/login", new { email = Person.Bia, password = Person.Password })).Expect(403, "cross_site_request");
            Assert.Equal(rows, await host.RowsAsync());
        }
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData(null, "https://evil.example")]
    public async Task Safe_methods_and_bearers_are_exempt(string? site, string? origin)
    {
        await using var host = await StartAsync();
        using var client = await SignedInAsync(host, site, origin);
        (await client.GetAsync("/own")).Expect(200);
        (await client.GetAsync("/auth/me")).Expect(200);
        client.Cookies.Clear();
        await client.TokenAsync(Person.Ada);
        (await client.PostAsync("/own")).Expect(200);
        (await client.DeleteAsync("/auth/sessions")).Expect(204);
        (await client.PostAsync("/auth/logout")).Expect(204);
    }

    [Fact]
    public async Task A_bearer_beside_the_cookie_does_not_lend_it_the_exemption()
    {
        await using var host = await StartAsync();
        using var client = await SignedInAsync(host, "cross-site", null);
        foreach (var header in new[] { "Basic YTpi", "Bearer", "", "Token abc" })
        {
            client.Headers["Authorization"] = header;
            (await client.PostAsync("/own")).Expect(403, "cross_site_request");
        }
        client.Headers["Authorization"] = "Bearer abc";
        (await client.PostAsync("/own")).Expect(401, "token_malformed");
    }

    [Fact]
    public async Task A_form_of_another_site_that_comes_without_the_cookie_does_not_clear_it()
    {
        await using var host = await StartAsync();
        using var client = host.Client();
        client.Headers["Sec-Fetch-Site"] = "cross-site";
        Assert.Empty((await client.PostAsync("/auth/logout")).Expect(204).SetCookies);
        client.Headers["Sec-Fetch-Site"] = "same-origin";
        Assert.Single((await client.PostAsync("/auth/logout")).Expect(204).SetCookies);
    }

    [Fact]
    public async Task A_token_in_a_cookie_is_guarded_like_a_session()
    {
        await using var host = await CancelaHost.StartAsync("jwt-cookie", configure: MapOwn);
        using var client = await SignedInAsync(host, "cross-site", null);
        (await client.PostAsync("/own")).Expect(403, "cross_site_request");
        (await client.GetAsync("/own")).Expect(200);
    }

    private static Task<CancelaHost> StartAsync() =>
        CancelaHost.StartAsync(settings: new() { ["AllowedOrigins:0"] = Allowed }, configure: MapOwn);

    private static void MapOwn(WebApplication app) => app.Map("/own", static () => "mine").RequireAuthorization();

    private static async Task<TestClient> SignedInAsync(CancelaHost host, string? site, string? origin)
    {
        var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        if (site is not null) client.Headers["Sec-Fetch-Site"] = site;
        if (origin is not null) client.Headers["Origin"] = origin == "own" ? host.Address.GetLeftPart(UriPartial.Authority) : origin;
        return client;
    }
}
