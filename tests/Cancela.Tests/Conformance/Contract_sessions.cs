using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>The contract's "Both": me, the devices, and the administrators' view of them.</summary>
[OnEachStore]
public sealed class Contract_sessions(NoProfile fixture) : Walk(fixture), IClassFixture<NoProfile>
{
    /// <summary>"<c>GET /auth/me</c> → {user, session: {id, strategy, created_at, expires_at, amr}}", whichever slot issued it.</summary>
    [Theory]
    [InlineData(true, "session", 604800)]
    [InlineData(false, "refresh-rotation", 1800)]
    public async Task Me_is_the_user_and_the_session(bool byCookie, string strategy, int life)
    {
        var person = await SomebodyAsync();
        using var client = byCookie ? await BrowserAsync(person) : (await ProgramAsync(person)).Client;
        var reply = (await client.GetAsync("/auth/me")).Expect(200).Json;
        Assert.Equal(["user", "session"], Members(reply));
        Assert.Equal(person.Id, reply.GetProperty("user").GetProperty("id").GetGuid());
        var session = reply.GetProperty("session");
        Assert.Equal(["id", "strategy", "created_at", "expires_at", "amr"], Members(session));
        Assert.Equal(strategy, session.GetProperty("strategy").GetString());
        Assert.Equal(Seconds, session.GetProperty("created_at").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal(Seconds + life, session.GetProperty("expires_at").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal(["pwd"], session.GetProperty("amr").EnumerateArray().Select(method => method.GetString()));
    }

    /// <summary>"<c>GET /auth/sessions</c> → {sessions: [{id, current, strategy, device, ip, user_agent, created_at, last_seen_at, expires_at}]}".</summary>
    [Fact]
    public async Task Sessions_are_the_accounts_devices()
    {
        var person = await SomebodyAsync();
        using var browser = Host.Client();
        browser.Headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
        await browser.LoginAsync(person.Email);
        var (program, tokens) = await ProgramAsync(person);
        using var client = program;
        var reply = (await browser.GetAsync("/auth/sessions")).Expect(200).Json;
        Assert.Equal(["sessions"], Members(reply));
        var devices = reply.GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(2, devices.Count);
        Assert.All(devices, device => Assert.Equal(
            ["id", "current", "strategy", "device", "ip", "user_agent", "created_at", "last_seen_at", "expires_at"], Members(device)));
        var own = devices.Single(device => device.GetProperty("current").GetBoolean());
        Assert.Equal(("session", "Edge · Windows", "127.0.0.1"), (Text("strategy"), Text("device"), Text("ip")));
        var other = devices.Single(device => !device.GetProperty("current").GetBoolean());
        Assert.Equal(Jot.Read(tokens.Text("access_token")).Id("sid"), other.GetProperty("id").GetGuid());

        string? Text(string member) => own.GetProperty(member).GetString();
    }

    /// <summary><c>last_seen_at</c> follows what the device does, to about a minute.</summary>
    [Fact]
    public async Task A_device_was_seen_when_it_was_last_used()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        await Host.AdvanceAsync(TimeSpan.FromHours(1));
        (await browser.GetAsync("/own")).Expect(200);
        var used = Now;
        await Host.AdvanceAsync(TimeSpan.FromMinutes(1));
        for (var patience = 0; patience < 500 && await SeenAsync() < used; patience++) await Host.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.InRange(await SeenAsync(), used, Now);

        async Task<DateTimeOffset> SeenAsync() =>
            (await browser.GetAsync("/auth/sessions")).Expect(200).Json.GetProperty("sessions").EnumerateArray().Single().GetProperty("last_seen_at").GetDateTimeOffset();
    }

    /// <summary>"<c>DELETE /auth/sessions/{id}</c>": one's own; that of another account does not exist.</summary>
    [Fact]
    public async Task One_ends_ones_own_sessions_only()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        using var stranger = await BrowserAsync(await SomebodyAsync());
        var id = (await browser.GetAsync("/auth/me")).Json.GetProperty("session").GetProperty("id").GetGuid();
        (await stranger.DeleteAsync($"/auth/sessions/{id}")).Expect(404, "not_found");
        (await stranger.DeleteAsync($"/auth/sessions/{Guid.CreateVersion7()}")).Expect(404, "not_found");
        (await browser.GetAsync("/own")).Expect(200);
        var reply = (await browser.DeleteAsync($"/auth/sessions/{id}")).Expect(204);
        Assert.EndsWith("; Max-Age=0", Assert.Single(reply.SetCookies), StringComparison.Ordinal);
        Assert.Contains("session_ended success", await EventsOfAsync(person));
    }

    /// <summary>"<c>DELETE /auth/sessions</c> (all others)".</summary>
    [Fact]
    public async Task All_others_are_ended_and_this_one_goes_on()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        using var other = await BrowserAsync(person);
        var (program, tokens) = await ProgramAsync(person);
        using var client = program;
        (await other.GetAsync("/own")).Expect(200);
        (await browser.DeleteAsync("/auth/sessions")).Expect(204);
        (await browser.GetAsync("/own")).Expect(200);
        (await other.GetAsync("/own")).Expect(401, "session_invalid");
        (await client.GetAsync("/own")).Expect(401, "token_revoked");
        (await RefreshAsync(client, tokens.Text("refresh_token"))).Expect(401, "token_revoked");
        Assert.Single((await browser.GetAsync("/auth/sessions")).Json.GetProperty("sessions").EnumerateArray());
    }

    /// <summary>"ADMIN: <c>/users/{id}/sessions</c> the same."</summary>
    [Fact]
    public async Task Administrators_list_and_end_anybodys_sessions()
    {
        var person = await SomebodyAsync();
        using var one = await BrowserAsync(person);
        using var two = await BrowserAsync(person);
        using var three = await BrowserAsync(person);
        using var administrator = await AdministratorAsync();
        var path = $"/users/{person.Id}/sessions";
        (await one.GetAsync(path)).Expect(403, "forbidden");
        (await one.DeleteAsync(path)).Expect(403, "forbidden");
        var devices = (await administrator.GetAsync(path)).Expect(200).Json.GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(3, devices.Count);
        Assert.All(devices, device => Assert.False(device.GetProperty("current").GetBoolean()));

        var id = (await one.GetAsync("/auth/me")).Json.GetProperty("session").GetProperty("id").GetGuid();
        (await administrator.DeleteAsync($"{path}/{id}")).Expect(204);
        (await one.GetAsync("/own")).Expect(401, "session_invalid");
        (await two.GetAsync("/own")).Expect(200);
        (await administrator.DeleteAsync(path)).Expect(204);
        (await two.GetAsync("/own")).Expect(401, "session_invalid");
        (await three.GetAsync("/own")).Expect(401, "session_invalid");
        (await administrator.GetAsync($"/users/{Guid.CreateVersion7()}/sessions")).Expect(404, "not_found");
        (await administrator.DeleteAsync($"{path}/{Guid.CreateVersion7()}")).Expect(404, "not_found");
    }
}
