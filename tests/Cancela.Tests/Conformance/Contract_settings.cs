using Cancela.Revocation;
using Cancela.Tests.Contracts;
using Cancela.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>The contract's table of settings: each default, and what each does.</summary>
[OnEachStore]
public sealed class Contract_settings(NoProfile fixture) : Walk(fixture), IClassFixture<NoProfile>
{
    /// <summary>The column "default".</summary>
    [Fact]
    public void The_defaults_are_those_of_the_table()
    {
        var options = new CancelaOptions();
        Assert.Null(options.Profile);
        Assert.Equal(("session", "refresh-rotation"), (options.Browser, options.Token));
        Assert.Equal((SigningAlgorithm.HS256, null), (options.Signing.Algorithm, options.Signing.Secret));
        Assert.Equal(("cancela", "cancela"), (options.Issuer, options.Audience));
        Assert.Null(options.Cookie.Name);
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromDays(30), 0), (options.Session.Lifetime, options.Session.AbsoluteLifetime, options.Session.MaxPerAccount));
        Assert.True(options.TrackTokens);
        Assert.Equal(
            (TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(250), WhenBlind.AskStore),
            (options.Revocation.MaxStaleness, options.Revocation.PollInterval, options.Revocation.WhenBlind));
        Assert.Equal(TimeSpan.FromSeconds(10), options.Refresh.Grace);
        Assert.Empty(options.TrustedProxies);
        Assert.Empty(options.Clients);
        Assert.Equal((600, 10), (options.Limits.PerNetwork, options.Limits.FailuresPerAccount));
        Assert.Equal("pt-BR", options.Language);
    }

    /// <summary><c>Profile</c>: "sets the two slots and lifetimes as in systems.md"; explicit settings win.</summary>
    [Theory]
    [InlineData("session", "session", "refresh-rotation", true)]
    [InlineData("jwt", "session", "jwt", false)]
    [InlineData("jwt-cookie", "jwt-cookie", "jwt", true)]
    [InlineData("refresh-denylist", "session", "refresh-denylist", true)]
    [InlineData("refresh-rotation", "session", "refresh-rotation", true)]
    public async Task A_profile_sets_the_slots_and_explicit_settings_win(string profile, string browser, string token, bool tracked)
    {
        await using var host = await CancelaHost.StartAsync(profile, new() { ["Jwt:Lifetime"] = "01:00:00", ["Refresh:AccessLifetime"] = "00:05:00" });
        var options = host.Services.GetRequiredService<CancelaOptions>();
        Assert.Equal((browser, token, tracked), (options.Browser, options.Token, options.TrackTokens));
        using var client = host.Client();
        var reply = await client.TokenAsync((await SomebodyAsync(host)).Email);
        Assert.Equal(token == "jwt" ? 3600 : 300, reply.Json.GetProperty("expires_in").GetInt32());
    }

    /// <summary>Values that the table does not have stop the start, all told at once; so do settings that do not exist.</summary>
    [Fact]
    public async Task What_is_not_in_the_table_stops_the_start()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => CancelaHost.StartAsync("kings", new()
        {
            ["Browser"] = "jwt", ["Token"] = "session", ["Language"] = "fr", ["Session:MaxPerAccount"] = "-1", ["Refresh:Grace"] = "01:00:00", ["Sesion:Lifetime"] = "1",
        }));
        foreach (var name in new[] { "Profile", "Browser", "Token", "Language", "Session:MaxPerAccount", "Refresh:Grace", "Sesion" })
            Assert.Contains($"Cancela:{name}", fault.Message, StringComparison.Ordinal);
    }

    /// <summary><c>Signing:Secret</c>: "made on first start in Development, kept in the data folder, readable by its owner only".</summary>
    [Fact]
    public async Task In_Development_a_secret_is_made_once_and_readable_by_its_owner_only()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-secret-");
        try
        {
            string token;
            var clock = new ManualClock();
            await using (var host = await StartAsync())
            {
                using var client = host.Client();
                token = (await client.TokenAsync((await SomebodyAsync(host)).Email)).Text("access_token")!;
            }
            var file = Path.Combine(folder.FullName, "data", "signing-secret");
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            await using var again = await StartAsync();
            using var same = again.Client();
            (await ShowAsync(same, token)).Expect(200);

            Task<CancelaHost> StartAsync() =>
                CancelaHost.StartAsync(settings: new() { ["Signing:Secret"] = null }, environment: "Development", folder: folder.FullName, clock: clock);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary><c>Issuer</c> and <c>Audience</c>: written, and required.</summary>
    [Fact]
    public async Task Issuer_and_audience_are_written_and_required()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Issuer"] = "https://id.example.com", ["Audience"] = "shop" });
        using var client = host.Client();
        var token = (await client.TokenAsync((await SomebodyAsync(host)).Email)).Text("access_token");
        Assert.Equal(("https://id.example.com", "shop"), (Jot.Read(token).Text("iss"), Jot.Read(token).Text("aud")));
        using var elsewhere = Host.Client();
        (await ShowAsync(elsewhere, token)).Expect(401, "token_malformed");
    }

    /// <summary><c>Session:AbsoluteLifetime</c>: "30 d": however active, and the cookie does not promise more.</summary>
    [Fact]
    public async Task A_session_ends_after_its_absolute_lifetime()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        for (var day = 5; day <= 25; day += 5)
        {
            await Host.AdvanceAsync(TimeSpan.FromDays(5));
            (await browser.GetAsync("/own")).Expect(200);
        }
        await Host.AdvanceAsync(TimeSpan.FromDays(4));
        (await browser.GetAsync("/own")).Expect(200);
        await Host.AdvanceAsync(TimeSpan.FromDays(1));
        (await browser.GetAsync("/own")).Expect(401, "session_invalid");
    }

    /// <summary><c>Session:MaxPerAccount</c>, over both slots: one more ends the oldest.</summary>
    [Fact]
    public async Task One_sign_in_more_than_allowed_ends_the_oldest()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Session:MaxPerAccount"] = "2" }, configure: ProfileFixture.MapOwn);
        var person = await SomebodyAsync(host);
        var clients = new List<TestClient>();
        for (var i = 0; i < 3; i++)
        {
            clients.Add(host.Client());
            await clients[i].TokenAsync(person.Email);
            await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        }
        (await clients[0].GetAsync("/own")).Expect(401, "token_revoked");
        (await clients[1].GetAsync("/own")).Expect(200);
        (await clients[2].GetAsync("/own")).Expect(200);
        clients.ForEach(client => client.Dispose());
    }

    /// <summary><c>TrackTokens</c> off: no row, so nothing to list; ending all others then ends all.</summary>
    [Fact]
    public async Task Without_tracking_tokens_have_no_row()
    {
        await using var host = await CancelaHost.StartAsync("refresh-denylist", new() { ["TrackTokens"] = "false" }, ProfileFixture.MapOwn);
        using var client = host.Client();
        var reply = await client.TokenAsync((await SomebodyAsync(host)).Email);
        Assert.Equal(0, await host.Sql.CountAsync("cancela_sessions"));
        (await client.DeleteAsync("/auth/sessions")).Expect(204);
        (await client.GetAsync("/own")).Expect(401, "token_superseded");
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(401, "token_superseded");
    }

    /// <summary><c>Revocation:WhenBlind</c>: what a node does that has not heard from the log for longer than <c>MaxStaleness</c>.</summary>
    [Theory]
    [InlineData(null, "2", 200, 200)]
    [InlineData("Refuse", "2", 200, 503)]
    [InlineData("Accept", "2", 200, 200)]
    [InlineData("Refuse", "59", 200, 200)]
    public async Task A_blind_node_asks_refuses_or_accepts(string? whenBlind, string bound, int within, int beyond)
    {
        await using var host = await CancelaHost.StartAsync(
            settings: new() { ["Revocation:WhenBlind"] = whenBlind, ["Revocation:MaxStaleness"] = $"00:00:{bound}" }, configure: ProfileFixture.MapOwn);
        using var client = host.Client();
        await client.TokenAsync((await SomebodyAsync(host)).Email);

        // The wall clock is set; no timer runs, so nothing reads the log meanwhile.
        host.Clock.JumpWall(TimeSpan.FromSeconds(2));
        (await client.GetAsync("/own")).Expect(within);
        host.Clock.JumpWall(TimeSpan.FromMilliseconds(1));
        var reply = (await client.GetAsync("/own")).Expect(beyond);
        if (beyond != 503) return;
        Assert.Equal(("revocation_unknown", "1"), (reply.Code, reply.Header("Retry-After")));
        await host.AdvanceAsync(TimeSpan.Zero);
        (await client.GetAsync("/own")).Expect(200);
    }

    /// <summary><c>Revocation:PollInterval</c>: the log is read that often, though nobody rings.</summary>
    [Fact]
    public async Task The_log_is_read_at_every_poll()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Revocation:PollInterval"] = "00:00:00.100" }, configure: ProfileFixture.MapOwn);
        using var client = host.Client();
        await client.TokenAsync((await SomebodyAsync(host)).Email);
        await host.Sql.RunAsync("DELETE FROM cancela_sessions");
        host.Clock.Advance(TimeSpan.FromMilliseconds(100));
        Reply reply;
        var patience = 0;
        do reply = await client.GetAsync("/own");
        while ((int)reply.Status == 200 && ++patience < 1000);
        reply.Expect(401, "token_revoked");
    }

    /// <summary><c>TrustedProxies</c>: "addresses or networks whose forwarded headers count", and nobody else's.</summary>
    [Theory]
    [InlineData("127.0.0.0/8", "203.0.113.7")]
    [InlineData("127.0.0.1", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    [InlineData(null, "127.0.0.1")]
    public async Task Forwarded_addresses_count_from_trusted_proxies_only(string? proxy, string address)
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["TrustedProxies:0"] = proxy });
        var person = await SomebodyAsync(host);
        using var browser = host.Client();
        browser.Headers["X-Forwarded-For"] = "203.0.113.7";
        await browser.LoginAsync(person.Email);
        Assert.Equal(address, (await browser.GetAsync("/auth/sessions")).Expect(200).Json.GetProperty("sessions")[0].GetProperty("ip").GetString());
    }

    /// <summary><c>Limits:PerNetwork</c>: "to register, login, … token, refresh … all outcomes counted; 0 = off".</summary>
    [Theory]
    [InlineData("4", 429)]
    [InlineData("0", 422)]
    public async Task Requests_of_one_network_are_counted_over_all_these_endpoints(string limit, int status)
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Limits:PerNetwork"] = limit });
        using var client = host.Client();
        (await client.PostAsync("/register", new { })).Expect(422);
        (await client.PostAsync("/auth/login", new { })).Expect(422);
        (await client.FormAsync("/auth/token")).Expect(422);
        (await client.PostAsync("/auth/refresh")).Expect(401);
        (await client.PostAsync("/register", new { })).Expect(status);
        (await client.GetAsync("/.well-known/jwks.json")).Expect(200);
    }

    /// <summary><c>Limits:FailuresPerAccount</c>: "successes are never counted", and login and token count together.</summary>
    [Fact]
    public async Task Failures_are_summed_over_login_and_token_and_successes_never_count()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Limits:FailuresPerAccount"] = "2" });
        var person = await SomebodyAsync(host);
        using var client = host.Client();
        for (var i = 0; i < 8; i++) await client.LoginAsync(person.Email);
        for (var i = 0; i < 4; i++)
        {
            var wrong = i % 2 == 0
                ? client.PostAsync("/auth/login", new { email = person.Email, password = "errada errada" })
                : client.FormAsync("/auth/token", ("username", $" {person.Email.ToUpperInvariant()} "), ("password", "errada errada"));
            (await MeanwhileAsync(host, wrong)).Expect(401, "invalid_credentials");
        }
        (await client.PostAsync("/auth/login", new { email = person.Email, password = Person.Password })).Expect(429, "rate_limited");
    }

    /// <summary><c>Language</c>: what people are told whose request does not say.</summary>
    [Fact]
    public async Task The_default_language_is_a_setting()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Language"] = "en" });
        using var client = host.Client();
        Assert.Equal("Not authenticated", (await client.GetAsync("/auth/me")).Expect(401).Text("detail"));
        client.Headers["Accept-Language"] = "pt-BR";
        Assert.Equal("Não autenticado", (await client.GetAsync("/auth/me")).Expect(401).Text("detail"));
    }
}
