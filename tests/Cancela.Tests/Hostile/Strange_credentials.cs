using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Cookies, tokens and headers that no browser sends: nobody is let in, and nothing breaks.</summary>
public sealed class Strange_credentials(HostileHost fixture) : IClassFixture<HostileHost>
{
    private const string Name = "__Host-session_id";

    [Fact]
    public async Task Only_the_exact_cookie_authenticates()
    {
        using var client = fixture.Host.Client();
        var value = await CookieAsync(client);
        client.Cookies.Clear();
        (await AskAsync(client, $"{Name}={value}")).Expect(200);
        (await AskAsync(client, $"a=b; {Name}={value}; c=d")).Expect(200);
        foreach (var two in new[] { $"{Name}={value}; {Name}={value}", $"{Name}={value}; {Name}=", $"{Name}=x; {Name}={value}" })
            (await AskAsync(client, two)).Expect(401, "session_invalid");
        foreach (var invalid in new[] { "", $"\"{value}\"", $"{value},", value + "A", value[1..], value[..^1] + "*", value + "=", $"{value} {value}", new string('A', 16_000), $"{value}%00" })
            (await AskAsync(client, $"{Name}={invalid}")).Expect(401, "session_invalid");
        foreach (var other in new[] { $"__host-session_id={value}", $"session_id={value}", $"{Name} ={value}", $"x{Name}={value}", $"{Name}", $"a=b, {Name}={value}", ";;;=;=" })
            (await AskAsync(client, other)).Expect(401, "not_authenticated");
    }

    [Fact]
    public async Task Only_one_bearer_header_authenticates()
    {
        using var client = fixture.Host.Client();
        var token = await TokenAsync(client);
        foreach (var right in new[] { $"Bearer {token}", $"bearer {token}", $"BEARER   {token}" }) (await ShowAsync(client, right)).Expect(200);
        foreach (var none in new[] { "", "Bearer", "Basic YTpi", token, $"Token {token}", $"Bearer:{token}", $"\"Bearer {token}\"" })
            (await ShowAsync(client, none)).Expect(401, "not_authenticated");
        foreach (var wrong in new[] { $"Bearer {token},", $"Bearer {token} {token}", $"Bearer {token}, Bearer {token}", $"Bearer \"{token}\"", $"Bearer Bearer {token}", $"Bearer {token}.", $"Bearer {token[..^2]}", $"Bearer {token.ToUpperInvariant()}" })
            (await ShowAsync(client, wrong)).Expect(401, "token_malformed");
        var two = await RawConnection.AskAsync(
            fixture.Host.Address, $"GET /auth/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\n\r\n");
        Assert.Contains("token_malformed", two, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_in_the_address_is_not_read()
    {
        using var client = fixture.Host.Client();
        var token = await TokenAsync(client);
        client.Bearer = null;
        foreach (var name in new[] { "access_token", "token", "bearer", "Authorization", Name })
            (await client.GetAsync($"/auth/me?{name}={token}")).Expect(401, "not_authenticated");
        (await client.PostAsync($"/auth/refresh?refresh_token={token}")).Expect(401, "not_authenticated");
    }

    [Theory]
    [InlineData("header")]
    [InlineData("form")]
    public async Task A_token_of_more_than_8_KiB_is_malformed(string where)
    {
        using var client = fixture.Host.Client();
        var token = new string('a', 9_000);
        if (where == "header")
        {
            (await ShowAsync(client, $"Bearer {token}")).Expect(401, "token_malformed");
            (await ShowAsync(client, $"Bearer {token}", "/auth/refresh", HttpMethod.Post)).Expect(401, "token_malformed");
        }
        else
        {
            (await client.FormAsync("/auth/refresh", ("refresh_token", token))).Expect(401, "token_malformed");
            (await client.FormAsync("/auth/revoke", ("token", token))).Expect(200);
        }
    }

    [Fact]
    public async Task A_token_of_1_MB_is_refused_by_the_limits_on_headers_and_bodies()
    {
        var token = new string('a', 1_000_000);
        var answer = await RawConnection.AskAsync(fixture.Host.Address, $"GET /auth/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n");
        Assert.True(answer.Length == 0 || RawConnection.StatusOf(answer) is 400 or 431, answer);
        using var client = fixture.Host.Client();
        // The refusal is read before the body is sent: who sends first may find the connection closed.
        client.Headers["Expect"] = "100-continue";
        (await client.FormAsync("/auth/refresh", ("refresh_token", token))).Expect(413, "too_large");
        client.Headers.Clear();
        // The host is as it was.
        (await client.GetAsync("/auth/me")).Expect(401, "not_authenticated");
    }

    [Fact]
    public async Task A_cookie_is_no_bearer_and_a_bearer_no_cookie()
    {
        using var client = fixture.Host.Client();
        var cookie = await CookieAsync(client);
        client.Cookies.Clear();
        (await ShowAsync(client, $"Bearer {cookie}")).Expect(401, "token_malformed");
        var token = await TokenAsync(client);
        client.Bearer = null;
        client.Headers.Clear();
        (await AskAsync(client, $"{Name}={token}")).Expect(401, "session_invalid");
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Original-URL", "/users")]
    [InlineData("X-Rewrite-URL", "/users")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("Forwarded", "for=203.0.113.9;proto=https;host=evil.example")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    public async Task A_header_of_nobody_we_trust_changes_nothing(string name, string value)
    {
        using var client = fixture.Host.Client();
        client.Headers[name] = value;
        await CookieAsync(client);
        var session = (await client.GetAsync("/auth/sessions")).Expect(200).Json.GetProperty("sessions")[0];
        Assert.Equal("127.0.0.1", session.GetProperty("ip").GetString());
        Assert.Equal(1, (await client.GetAsync("/auth/sessions")).Expect(200).Json.GetProperty("sessions").GetArrayLength());
        Assert.StartsWith("http://127.0.0.1", (await client.GetAsync("/.well-known/oauth-authorization-server")).Text("token_endpoint"), StringComparison.Ordinal);
    }

    private static Task<Reply> AskAsync(TestClient client, string cookies)
    {
        client.Headers["Cookie"] = cookies;
        return client.GetAsync("/auth/me");
    }

    private static Task<Reply> ShowAsync(TestClient client, string authorization, string path = "/auth/me", HttpMethod? method = null)
    {
        client.Bearer = null;
        client.Headers["Authorization"] = authorization;
        return client.SendAsync(new HttpRequestMessage(method ?? HttpMethod.Get, path));
    }

    private static async Task<string> CookieAsync(TestClient client)
    {
        var email = Provocations.NewEmail();
        await client.RegisterAsync(email);
        await client.LoginAsync(email);
        return client.Cookies[Name];
    }

    private static async Task<string> TokenAsync(TestClient client)
    {
        var email = Provocations.NewEmail();
        await client.RegisterAsync(email);
        return (await client.TokenAsync(email)).Text("access_token")!;
    }
}
