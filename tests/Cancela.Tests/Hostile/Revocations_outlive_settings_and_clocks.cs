using Cancela.Accounts;
using Cancela.Server.Commands;
using Cancela.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>What was ended stays ended, whatever the clock and the settings do before, meanwhile and after.</summary>
public sealed class Revocations_outlive_settings_and_clocks
{
    [Theory]
    [InlineData("jwt", "logout")]
    [InlineData("jwt", "revoke")]
    [InlineData("refresh-rotation", "logout")]
    [InlineData("refresh-rotation", "revoke")]
    public async Task A_token_from_before_the_clock_was_set_back_is_ended(string profile, string by)
    {
        await using var host = await CancelaHost.StartAsync(profile);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var reply = await client.TokenAsync(Person.Ada);
        var token = reply.Text("access_token")!;
        host.Clock.JumpWall(TimeSpan.FromMinutes(-2));

        if (by == "logout") (await client.PostAsync("/auth/logout")).Expect(204);
        else (await client.FormAsync("/auth/revoke", ("token", token))).Expect(200);

        host.Clock.JumpWall(TimeSpan.FromMinutes(2));
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await host.MeAsync(token)).Expect(401, "token_revoked");
        if (profile == "refresh-rotation") (await host.RefreshAsync(reply.Text("refresh_token")!)).Expect(401, "token_revoked");
    }

    [Theory]
    [InlineData("logout")]
    [InlineData("logout with its successor")]
    [InlineData("another device")]
    public async Task An_end_outlives_a_token_that_was_issued_for_longer(string by)
    {
        await using var restarted = new RestartedHost("refresh-rotation");
        var host = await restarted.StartAsync(("Refresh:AccessLifetime", "1.00:00:00"));
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var reply = await client.TokenAsync(Person.Ada);
        var token = reply.Text("access_token")!;

        host = await restarted.StartAsync(("Refresh:AccessLifetime", "00:30:00"));
        using var later = host.Client();
        later.Bearer = by == "logout with its successor" ? (await host.RefreshAsync(reply.Text("refresh_token")!)).Text("access_token") : token;
        if (by == "another device")
        {
            await later.TokenAsync(Person.Ada);
            (await later.DeleteAsync($"/auth/sessions/{Jot.Read(token).Text("sid")}")).Expect(204);
        }
        else (await later.PostAsync("/auth/logout")).Expect(204);
        await ForgetAndCheckAsync(restarted, host, token, TimeSpan.FromMinutes(40), "token_revoked");
    }

    [Theory]
    [InlineData("access token")]
    [InlineData("expired access token")]
    [InlineData("renewed access token")]
    [InlineData("refresh token")]
    public async Task A_logout_without_a_row_outlives_a_refresh_token_that_was_issued_for_longer(string by)
    {
        await using var restarted = new RestartedHost("refresh-denylist");
        var host = await restarted.StartAsync(("TrackTokens", "false"), ("Refresh:Lifetime", "60.00:00:00"));
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var reply = await client.TokenAsync(Person.Ada);
        var refresh = reply.Text("refresh_token")!;
        Assert.Equal(0, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_sessions"));

        host = await restarted.StartAsync(("TrackTokens", "false"), ("Refresh:Lifetime", "1.00:00:00"));
        using var later = host.Client();
        var token = by == "renewed access token" ? (await host.RefreshAsync(refresh)).Text("access_token")! : by == "refresh token" ? refresh : reply.Text("access_token")!;
        if (by == "expired access token") await host.AdvanceAsync(TimeSpan.FromMinutes(16));
        (await later.FormAsync("/auth/revoke", ("token", token))).Expect(200);

        await host.AdvanceAsync(TimeSpan.FromDays(9));
        await host.ClearAwayAsync();
        (await host.RefreshAsync(refresh)).Expect(401, "token_revoked");

        await host.AdvanceAsync(TimeSpan.FromDays(40));
        await host.ClearAwayAsync();
        host = await restarted.StartAsync(("TrackTokens", "false"), ("Refresh:Lifetime", "1.00:00:00"));
        (await host.RefreshAsync(refresh)).Expect(401, "token_revoked");
    }

    [Fact]
    public async Task A_token_that_ran_out_long_ago_writes_nothing_however_often_it_is_revoked()
    {
        await using var host = await CancelaHost.StartAsync("jwt");
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var token = (await client.TokenAsync(Person.Ada)).Text("access_token")!;
        await host.AdvanceAsync(TimeSpan.FromHours(26));
        var audit = await host.Sql.NumberAsync("SELECT count(*) FROM cancela_audit");

        for (var i = 0; i < 3; i++) (await client.FormAsync("/auth/revoke", ("token", token))).Expect(200);

        Assert.Equal(audit, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_audit"));
        Assert.Equal(0, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_revocations WHERE kind = 'session'"));
    }

    [Theory]
    [InlineData("closed", "token_superseded")]
    [InlineData("deleted", "user_not_found")]
    public async Task A_ban_outlives_a_token_that_was_issued_for_longer(string how, string code)
    {
        await using var restarted = new RestartedHost("jwt");
        var host = await restarted.StartAsync(("Jwt:Lifetime", "30.00:00:00"));
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada)).Id();
        var token = (await client.TokenAsync(Person.Ada)).Text("access_token")!;

        host = await restarted.StartAsync(("Jwt:Lifetime", "1.00:00:00"));
        if (how == "closed") await host.ChangeAsync(id, new AccountChange { Status = AccountStatus.Closed });
        else Assert.IsType<AccountDeletion.Deleted>(await host.Services.GetRequiredService<AccountDirectory>().DeleteAsync(id, CancellationToken.None));
        await ForgetAndCheckAsync(restarted, host, token, TimeSpan.FromDays(8), code);
    }

    [Fact]
    public async Task A_clock_that_runs_ahead_for_a_while_deletes_no_revocation()
    {
        await using var host = await CancelaHost.StartAsync("jwt");
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var token = (await client.TokenAsync(Person.Ada)).Text("access_token")!;
        (await client.PostAsync("/auth/logout")).Expect(204);
        var rows = await host.Sql.NumberAsync("SELECT count(*) FROM cancela_revocations");

        host.Clock.JumpWall(TimeSpan.FromDays(10));
        for (var i = 0; i < 3; i++)
        {
            await host.AdvanceAsync(TimeSpan.FromMinutes(5));
            await host.ClearAwayAsync();
        }
        host.Clock.JumpWall(TimeSpan.FromDays(-10));
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(rows, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_revocations"));
        (await host.MeAsync(token)).Expect(401, "token_revoked");
    }

    [Theory]
    [InlineData("administrator")]
    [InlineData("--user")]
    [InlineData("--all")]
    public async Task Ending_all_sessions_ends_tokens_from_before_they_were_tracked(string by)
    {
        await using var restarted = new RestartedHost("jwt");
        var host = await restarted.StartAsync();
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada)).Id();
        var token = (await client.TokenAsync(Person.Ada)).Text("access_token")!;

        host = await restarted.StartAsync(("TrackTokens", "true"));
        (await host.MeAsync(token)).Expect(200);
        if (by == "administrator")
        {
            using var administrator = host.Client();
            await host.AdministratorAsync(administrator, Person.Bia);
            await administrator.TokenAsync(Person.Bia);
            (await administrator.DeleteAsync($"/users/{id}/sessions")).Expect(204);
        }
        else
        {
            var command = ActivatorUtilities.CreateInstance<SessionEnder>(host.Services);
            Assert.Equal(0, by == "--all" ? await command.EndAllAsync(CancellationToken.None) : await command.EndOfAsync(Person.Ada, CancellationToken.None));
        }

        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await host.MeAsync(token)).Expect(401);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("ended")]
    [InlineData("somebody else's")]
    [InlineData("nonsense")]
    public async Task A_logout_with_a_bearer_of_no_use_ends_the_session_of_the_cookie(string bearer)
    {
        await using var host = await CancelaHost.StartAsync();
        using var client = host.Client();
        using var other = host.Client();
        await client.RegisterAsync(Person.Ada);
        await other.RegisterAsync(Person.Bia);
        await other.TokenAsync(Person.Bia);
        if (bearer == "ended") (await other.PostAsync("/auth/logout")).Expect(204);
        if (bearer == "expired") await host.AdvanceAsync(TimeSpan.FromHours(1));
        await client.LoginAsync(Person.Ada);
        using var copy = host.Client();
        foreach (var (name, value) in client.Cookies) copy.Cookies[name] = value;
        (await copy.GetAsync("/auth/me")).Expect(200);

        client.Bearer = bearer == "nonsense" ? "abc" : other.Bearer;
        (await client.PostAsync("/auth/logout")).Expect(204);

        (await copy.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    // Past what today's settings would keep the entry for, in this process and in the next, which only has the log.
    private static async Task ForgetAndCheckAsync(RestartedHost restarted, CancelaHost host, string token, TimeSpan later, string code)
    {
        await RefusedAsync(host, token, code);
        await host.AdvanceAsync(later);
        await host.ClearAwayAsync();
        await RefusedAsync(host, token, code);

        await host.AdvanceAsync(TimeSpan.FromHours(2));
        await host.ClearAwayAsync();
        host = await restarted.StartAsync();
        await RefusedAsync(host, token, code);
    }

    // Not at /auth/me, which reads the account: any route that is content with the token.
    private static async Task RefusedAsync(CancelaHost host, string token, string code)
    {
        using var client = host.Client();
        client.Bearer = token;
        (await client.GetAsync("/auth/sessions")).Expect(401, code);
    }
}
