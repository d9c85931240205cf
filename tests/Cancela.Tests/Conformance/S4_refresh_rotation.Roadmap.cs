using Microsoft.Extensions.Options;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S4: "Its own roadmap is part of the work".</summary>
public sealed partial class S4_refresh_rotation
{
    /// <summary>"the secret out of the code": without one of its own the server does not start.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("c2VjcmV0")]
    [InlineData("YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE")]
    public async Task The_secret_is_out_of_the_code(string? secret)
    {
        var fault = await Assert.ThrowsAnyAsync<OptionsValidationException>(
            () => CancelaHost.StartAsync("refresh-rotation", new() { ["Signing:Secret"] = secret }));
        Assert.Contains("Cancela:Signing:Secret", fault.Message, StringComparison.Ordinal);
        if (secret is not null) Assert.DoesNotContain(secret, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>"token denylist and logout".</summary>
    [Theory]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    public async Task Logout_ends_both_tokens_whichever_is_shown(string shown)
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        client.Bearer = reply.Text(shown);
        (await client.PostAsync("/auth/logout")).Expect(204);
        (await ShowAsync(client, reply.Text("access_token"))).Expect(401, "token_revoked");
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(401, "token_revoked");
        client.Bearer = reply.Text(shown);
        (await client.PostAsync("/auth/logout")).Expect(204);
    }

    /// <summary>"rate limiting on <c>/auth/token</c>": from one network.</summary>
    [Fact]
    public async Task Token_is_rate_limited_for_each_network()
    {
        await using var host = await CancelaHost.StartAsync("refresh-rotation", new() { ["Limits:PerNetwork"] = "5" });
        using var client = host.Client();
        for (var i = 0; i < 5; i++) (await client.FormAsync("/auth/token", ("username", ""))).Expect(422);
        var refused = (await client.FormAsync("/auth/token", ("username", Person.Ada), ("password", Person.Password))).Expect(429, "rate_limited");
        Assert.Equal("60", refused.Header("Retry-After"));
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await client.FormAsync("/auth/token", ("username", Person.Ada), ("password", Person.Password))).Expect(401, "invalid_credentials");
    }

    /// <summary>"rate limiting on <c>/auth/token</c>": for one address, whoever asks and whether it is known.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_is_rate_limited_for_each_address(bool known)
    {
        await using var host = await CancelaHost.StartAsync("refresh-rotation", new() { ["Limits:FailuresPerAccount"] = "2" });
        using var client = host.Client();
        var email = known ? (await SomebodyAsync(host)).Email : Person.Bia;
        for (var i = 0; i < 4; i++)
        {
            var wrong = client.FormAsync("/auth/token", ("username", email.ToUpperInvariant()), ("password", "errada errada"));
            (await MeanwhileAsync(host, wrong)).Expect(401, "invalid_credentials");
        }
        var refused = (await client.FormAsync("/auth/token", ("username", email), ("password", Person.Password))).Expect(429, "rate_limited");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!), 1, 900);
        await host.AdvanceAsync(TimeSpan.FromMinutes(15));
        (await client.FormAsync("/auth/token", ("username", email), ("password", Person.Password))).Expect(known ? 200 : 401);
    }

    /// <summary>"several devices": each in the list, by a name that a person knows.</summary>
    [Fact]
    public async Task Several_devices_are_listed()
    {
        var person = await SomebodyAsync();
        using var phone = Host.Client();
        phone.Headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1";
        using var script = Host.Client();
        script.Headers["User-Agent"] = "curl/8.0";
        var tokens = await phone.TokenAsync(person.Email);
        await script.TokenAsync(person.Email);
        var devices = (await phone.GetAsync("/auth/sessions")).Expect(200).Json.GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(["Safari · iPhone", "curl"], devices.Select(device => device.GetProperty("device").GetString()).Order());
        var own = devices.Single(device => device.GetProperty("current").GetBoolean());
        Assert.Equal(Jot.Read(tokens.Text("access_token")).Id("sid"), own.GetProperty("id").GetGuid());
    }

    /// <summary>"and revocation per device".</summary>
    [Fact]
    public async Task One_device_is_revoked_and_the_others_go_on()
    {
        var person = await SomebodyAsync();
        var (one, lost) = await ProgramAsync(person);
        var (two, kept) = await ProgramAsync(person);
        using var phone = one;
        using var laptop = two;
        (await laptop.DeleteAsync($"/auth/sessions/{Jot.Read(lost.Text("access_token")).Text("sid")}")).Expect(204);
        (await phone.GetAsync("/own")).Expect(401, "token_revoked");
        (await RefreshAsync(phone, lost.Text("refresh_token"))).Expect(401, "token_revoked");
        (await laptop.GetAsync("/own")).Expect(200);
        (await RefreshAsync(laptop, kept.Text("refresh_token"))).Expect(200);
    }

    /// <summary>"authentication logs" and "monitoring of login attempts": rows, with who, how, from where and what came of it.</summary>
    [Fact]
    public async Task What_happens_is_written_down()
    {
        var person = await SomebodyAsync();
        using var client = Host.Client();
        (await client.FormAsync("/auth/token", ("username", person.Email), ("password", "errada errada errada"))).Expect(401);
        var tokens = await client.TokenAsync(person.Email);
        (await client.PostAsync("/auth/logout")).Expect(204);
        Assert.Equal(["registered success", "sign_in invalid_credentials", "sign_in success", "sign_out success"], await EventsOfAsync(person));

        var row = await Sql.OneAsync("SELECT * FROM cancela_audit WHERE account_id = @id AND event = 'sign_in' AND outcome = 'success'", ("id", person.Id));
        Assert.Equal(Jot.Read(tokens.Text("access_token")).Id("sid"), Guid.Parse((string)row["session_id"]!));
        Assert.Equal(("refresh-rotation", "127.0.0.1"), ((string)row["method"]!, (string)row["ip_address"]!));
        Assert.Equal(Now, RawSql.Time(row["at"]));
    }

    /// <summary>"scopes and permissions": a role has scopes, a sign-in narrows them, and nothing widens them.</summary>
    [Fact]
    public async Task Scopes_come_from_the_role_and_are_narrowed_at_sign_in()
    {
        var person = await SomebodyAsync();
        using var client = Host.Client();
        var all = await client.TokenAsync(person.Email);
        Assert.Equal("account posts:read posts:write", all.Text("scope"));
        (await client.GetAsync("/own/posts")).Expect(200);

        var narrow = (await client.FormAsync("/auth/token", ("username", person.Email), ("password", Person.Password), ("scope", "posts:read"))).Expect(200);
        Assert.Equal("posts:read", narrow.Text("scope"));
        var refused = (await ShowAsync(client, narrow.Text("access_token"), "/own/posts")).Expect(403, "insufficient_scope");
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"posts:write\"", refused.Header("WWW-Authenticate"));
        (await client.GetAsync("/auth/me")).Expect(200);
        (await client.GetAsync("/auth/sessions")).Expect(403, "insufficient_scope");

        var renewed = (await RefreshAsync(client, narrow.Text("refresh_token"))).Expect(200);
        Assert.Equal("posts:read", renewed.Text("scope"));
        Assert.Equal("posts:read", Jot.Read(renewed.Text("access_token")).Text("scope"));

        client.Bearer = null;
        (await client.FormAsync("/auth/token", ("username", person.Email), ("password", Person.Password), ("scope", "admin"))).Expect(400, "invalid_scope");
    }
}
