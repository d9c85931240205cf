using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Bytes that no library would send.</summary>
public sealed class Raw_requests(HostileHost fixture) : IClassFixture<HostileHost>
{
    [Fact]
    public async Task Content_Length_beside_Transfer_Encoding_smuggles_nothing()
    {
        var inner = "GET /users HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var answer = await RawConnection.AskAsync(
            fixture.Host.Address,
            $"POST /auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {4 + inner.Length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}");
        Assert.Equal(400, RawConnection.StatusOf(answer));
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n")]
    [InlineData("Content-Length: -1\r\n")]
    [InlineData("Content-Length: 99999999999999999999\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n")]
    [InlineData("X: a\0b\r\nContent-Length: 0\r\n")]
    [InlineData(" X: folded\r\nContent-Length: 0\r\n")]
    public async Task Framing_that_can_be_read_in_two_ways_is_refused(string headers)
    {
        var answer = await RawConnection.AskAsync(
            fixture.Host.Address, $"POST /auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}\r\n{{}}");
        Assert.InRange(RawConnection.StatusOf(answer), 400, 431);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host: a\r\nHost: b\r\n")]
    [InlineData("Host: evil.example/path\r\n")]
    [InlineData("Host: <script>\r\n")]
    public async Task A_host_header_that_is_none_is_refused(string host)
    {
        var answer = await RawConnection.AskAsync(fixture.Host.Address, $"GET /auth/me HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
        Assert.Equal(400, RawConnection.StatusOf(answer));
    }

    [Theory]
    [InlineData("/users/..%2f..%2fauth/me")]
    [InlineData("/auth/me%00")]
    [InlineData("/auth/me%0d%0aSet-Cookie:%20a=b")]
    [InlineData("//evil.example/auth/login")]
    [InlineData("/auth/login/../me/%2e%2e")]
    public async Task A_strange_path_leads_nowhere(string path)
    {
        var answer = await RawConnection.AskAsync(fixture.Host.Address, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.InRange(RawConnection.StatusOf(answer), 400, 405);
        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_beside_a_name_never_reaches_a_header_or_a_line()
    {
        var email = Provocations.NewEmail();
        using var client = fixture.Host.Client();
        await client.RegisterAsync(email);
        var answer = await RawConnection.AskAsync(
            fixture.Host.Address,
            RawConnection.Post("/auth/login", $$"""{"email":"{{email}}","password":"{{Person.Password}}"}""", "User-Agent: Mozilla\tx" + new string('x', 5_000) + "\r\n"));
        Assert.Equal(200, RawConnection.StatusOf(answer));
        await client.TokenAsync(email);
        var sessions = (await client.GetAsync("/auth/sessions")).Expect(200).Json.GetProperty("sessions").EnumerateArray();
        var shown = sessions.Select(static session => session.GetProperty("user_agent").GetString()).Single(static text => text is not null);
        Assert.Equal("Mozilla x" + new string('x', 391), shown);
    }
}
