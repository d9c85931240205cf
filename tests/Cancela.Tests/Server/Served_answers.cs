using Xunit;

namespace Cancela.Tests.Server;

/// <summary>What every answer of the process carries, whoever gives it.</summary>
public sealed class Served_answers
{
    [Fact]
    public async Task Refusals_of_the_framework_are_problems_in_the_callers_language()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var client = new TestClient(server.Address);
        Assert.Equal("Não encontrado", (await client.GetAsync("/nowhere")).Expect(404, "not_found").Text("detail"));
        client.Headers["Accept-Language"] = "en";
        Assert.Equal("Not found", (await client.GetAsync("/nowhere")).Expect(404, "not_found").Text("detail"));
        Assert.Equal("GET", (await client.DeleteAsync("/auth/me")).Expect(405, "method_not_allowed").Header("Allow"));
        (await client.SendAsync(new(HttpMethod.Trace, "/auth/me"))).Expect(405, "method_not_allowed");
        (await client.SendAsync(new(HttpMethod.Trace, "/"))).Expect(405, "method_not_allowed");

        // Outside Development the documentation is off.
        (await client.GetAsync("/docs/index.html")).Expect(404, "not_found");
        (await client.GetAsync("/openapi/v1.json")).Expect(404, "not_found");
    }

    [Fact]
    public async Task A_failure_says_nothing_but_where_to_look_it_up()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var client = new TestClient(server.Address);
        await client.RegisterAsync(Person.Ada);
        await client.TokenAsync(Person.Ada);
        await folder.Sql.RunAsync("ALTER TABLE cancela_sessions RENAME COLUMN user_agent TO broken");

        var reply = (await client.GetAsync("/auth/sessions")).Expect(500, "internal_error");
        Assert.Equal(["type", "title", "status", "detail", "code", "trace_id"], reply.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Erro interno", reply.Text("detail"));
        AssertProtected(reply);
        Assert.Equal(0, await server.StopAsync());
        Assert.Contains($"trace {reply.Text("trace_id")}", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    [InlineData("/admin")]
    [InlineData("/pages/account.js")]
    [InlineData("/pages/cancela.css")]
    [InlineData("/favicon.ico")]
    [InlineData("/nowhere")]
    [InlineData("/auth/me")]
    [InlineData("/healthz")]
    [InlineData("/.well-known/jwks.json")]
    public async Task Every_answer_is_protected(string path)
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var client = new TestClient(server.Address);
        var reply = await client.GetAsync(path);
        AssertProtected(reply);
        if (reply.Header("Content-Type")!.StartsWith("text/html", StringComparison.Ordinal)) Assert.Equal("same-origin", reply.Header("Cross-Origin-Opener-Policy"));

        // RFC 6797 section 7.2: never over plain HTTP.
        Assert.Null(reply.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_that_speaks_HTTPS_browsers_are_told_to_stay_with_it()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync("--Cancela:TrustedProxies:0=127.0.0.1");
        using var client = new TestClient(server.Address);
        client.Headers["X-Forwarded-Proto"] = "https";
        Assert.Equal("max-age=31536000; includeSubDomains", (await client.GetAsync("/account")).Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_not_sent_again()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var client = new TestClient(server.Address);
        client.Headers["If-None-Match"] = (await client.GetAsync("/account")).Expect(200).Header("ETag")!;
        (await client.GetAsync("/account")).Expect(304);
    }

    private static void AssertProtected(Reply reply)
    {
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", reply.Header("Referrer-Policy"));
        Assert.Contains("default-src 'none'", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Null(reply.Header("Server"));
    }
}
