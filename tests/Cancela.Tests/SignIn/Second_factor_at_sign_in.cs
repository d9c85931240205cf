using Cancela.Sql;
using Cancela.Tests.Contracts;
using Cancela.Tests.Hostile;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.SignIn;

[OnEachStore]
public sealed class Second_factor_at_sign_in
{
    // No delays: the clock stands still.
    private static readonly Dictionary<string, string?> Patient = new() { ["Limits:FailuresPerAccount"] = "1000" };

    [Theory]
    [InlineData("session")]
    [InlineData("jwt-cookie")]
    public async Task The_password_alone_opens_nothing_in_the_browser(string profile)
    {
        await using var host = await CancelaHost.StartAsync(profile);
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();

        var half = (await client.PostAsync("/auth/login", new { email = ada.Email, password = Person.Password })).Expect(401, "second_factor_required");
        Assert.Empty(half.SetCookies);
        Assert.Equal(300, half.Json.GetProperty("expires_in").GetInt32());
        Assert.False(half.Json.GetProperty("enrolment_required").GetBoolean());
        (await client.GetAsync("/auth/me")).Expect(401, "not_authenticated");
        client.Bearer = half.Text("challenge");
        (await client.GetAsync("/auth/me")).Expect(401);
        client.Bearer = null;

        (await client.PostAsync("/auth/login/second-factor", new { challenge = half.Text("challenge"), code = await ada.CodeAsync() })).Expect(200);
        var me = (await client.GetAsync("/auth/me")).Expect(200).Json;
        Assert.Equal(["pwd", "otp", "mfa"], me.GetProperty("session").GetProperty("amr").EnumerateArray().Select(static method => method.GetString()));
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("refresh-denylist")]
    [InlineData("refresh-rotation")]
    public async Task Nor_does_it_get_tokens(string profile)
    {
        await using var host = await CancelaHost.StartAsync(profile);
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();

        var half = (await client.FormAsync("/auth/token", ("username", ada.Email), ("password", Person.Password))).Expect(401, "second_factor_required");
        Assert.Equal("invalid_grant", half.Text("error"));
        (await client.FormAsync("/auth/token", ("username", ada.Email), ("password", Person.Password), ("code", "000000"))).Expect(401, "second_factor_invalid");
        (await client.FormAsync("/auth/token", ("username", ada.Email), ("password", "wrong"), ("code", await ada.CodeAsync()))).Expect(401, "invalid_credentials");

        client.Bearer = (await client.FormAsync("/auth/token", ("username", ada.Email), ("password", Person.Password), ("code", await ada.CodeAsync()))).Expect(200).Text("access_token");
        Assert.Contains("mfa", (await client.GetAsync("/auth/me")).Expect(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_counts_once_also_on_another_node()
    {
        await using var host = await CancelaHost.StartAsync();
        await using var other = await CancelaHost.StartAsync(clock: host.Clock, folder: host.Folder);
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        using var elsewhere = other.Client();
        var code = await ada.CodeAsync();
        (await ada.SignInAsync(client)).Expect(200);

        (await elsewhere.PostAsync("/auth/login/second-factor", new { challenge = await ada.ChallengeAsync(elsewhere), code })).Expect(401, "second_factor_invalid");
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));
        (await ada.SignInAsync(elsewhere)).Expect(200);
    }

    [Fact]
    public async Task Of_50_parallel_uses_of_one_code_over_two_nodes_one_signs_in()
    {
        await using var host = await CancelaHost.StartAsync(settings: Patient);
        await using var other = await CancelaHost.StartAsync(settings: Patient, clock: host.Clock, folder: host.Folder);
        var ada = await Enrolled.AtAsync(host);
        using var one = host.Client();
        using var two = other.Client();
        var challenges = new List<string>();
        for (var i = 0; i < 50; i++) challenges.Add(await ada.ChallengeAsync(i % 2 == 0 ? one : two));
        var code = await ada.CodeAsync();

        var replies = await Task.WhenAll(challenges.Select((challenge, i) => Fresh(i % 2 == 0 ? host : other).PostAsync("/auth/login/second-factor", new { challenge, code })));

        Assert.Equal(1, replies.Count(static reply => (int)reply.Status == 200));
        Assert.All(replies.Where(static reply => (int)reply.Status != 200), static reply => reply.Expect(401, "second_factor_invalid"));
    }

    [Fact]
    public async Task Of_50_parallel_uses_of_one_challenge_one_signs_in()
    {
        await using var host = await CancelaHost.StartAsync(settings: Patient);
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        var challenge = await ada.ChallengeAsync(client);

        var replies = await Task.WhenAll(ada.RecoveryCodes.SelectMany(static code => Enumerable.Repeat(code, 5))
            .Select(code => Fresh(host).PostAsync("/auth/login/second-factor", new { challenge, recovery_code = code })));

        Assert.Equal(1, replies.Count(static reply => (int)reply.Status == 200));
        // The others gave up what they had: nine codes are left.
        Assert.Equal(9, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_recovery_codes"));
    }

    [Fact]
    public async Task Of_50_parallel_uses_of_one_recovery_code_one_signs_in()
    {
        await using var host = await CancelaHost.StartAsync(settings: Patient);
        await using var other = await CancelaHost.StartAsync(settings: Patient, clock: host.Clock, folder: host.Folder);
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        var challenges = new List<string>();
        for (var i = 0; i < 50; i++) challenges.Add(await ada.ChallengeAsync(client));

        var replies = await Task.WhenAll(challenges.Select((challenge, i) =>
            Fresh(i % 2 == 0 ? host : other).PostAsync("/auth/login/second-factor", new { challenge, recovery_code = ada.RecoveryCodes[3] })));

        var signedIn = Assert.Single(replies, static reply => (int)reply.Status == 200);
        Assert.DoesNotContain("recovery_codes", signedIn.Body, StringComparison.Ordinal);
        Assert.All(replies.Where(reply => reply != signedIn), static reply => reply.Expect(401, "second_factor_invalid"));
    }

    [Theory]
    [InlineData("FROM cancela_one_time_tokens", true, "challenge_invalid")]
    [InlineData("SELECT code_hash FROM cancela_recovery_codes", false, "second_factor_invalid")]
    public async Task What_another_one_uses_up_between_the_look_and_the_use_is_used_up(string look, bool sameChallenge, string refused)
    {
        await using var store = await TestStore.CreateAsync();
        var clock = new ManualClock();
        await using var behind = store.Open(clock);
        await using var database = new InterleavedDatabase(behind) { After = look };
        await using var host = await CancelaHost.StartAsync(clock: clock, folder: store.Folder, services: all => all.AddSingleton<Database>(database));
        await using var other = await CancelaHost.StartAsync(clock: clock, folder: store.Folder);
        var ada = await Enrolled.AtAsync(other);
        using var late = host.Client();
        using var early = other.Client();
        var challenge = await ada.ChallengeAsync(late);
        var another = sameChallenge ? challenge : await ada.ChallengeAsync(early);

        database.Then = async () => (await early.PostAsync("/auth/login/second-factor", new { challenge = another, recovery_code = ada.RecoveryCodes[0] })).Expect(200);
        (await late.PostAsync("/auth/login/second-factor", new { challenge, recovery_code = ada.RecoveryCodes[sameChallenge ? 1 : 0] })).Expect(401, refused);

        Assert.Null(database.Then);
        Assert.Equal(9, await other.Sql.CountAsync("cancela_recovery_codes"));
    }

    [Fact]
    public async Task Sixty_wrong_codes_of_which_20_in_parallel_are_60()
    {
        await using var host = await CancelaHost.StartAsync(settings: Patient);
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        var challenge = await ada.ChallengeAsync(client);
        var before = await host.Sql.NumberAsync("SELECT coalesce(sum(failures), 0) FROM cancela_failed_attempts");

        for (var i = 0; i < 40; i++) (await client.PostAsync("/auth/login/second-factor", new { challenge, code = "12345x" })).Expect(401, "second_factor_invalid");
        foreach (var reply in await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Fresh(host).PostAsync("/auth/login/second-factor", new { challenge, code = "12345x" }))))
            reply.Expect(401, "second_factor_invalid");

        Assert.Equal(60, await host.Sql.NumberAsync("SELECT coalesce(sum(failures), 0) FROM cancela_failed_attempts") - before);
        Assert.Equal(60, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE outcome = 'second_factor_invalid'"));
    }

    [Fact]
    public async Task Too_many_wrong_codes_lock_the_right_one_out_and_the_password_does_not_forget_them()
    {
        await using var host = await CancelaHost.StartAsync();
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        var challenge = await ada.ChallengeAsync(client);
        for (var i = 0; i < 10; i++) (await client.PostAsync("/auth/login/second-factor", new { challenge, code = "12345x" })).Expect(401, "second_factor_invalid");
        // Ten more would each be delayed by a clock that stands still here.
        Assert.Equal(1, await host.Sql.RunAsync("UPDATE cancela_failed_attempts SET failures = failures + 10 WHERE failures = 10"));

        var locked = (await ada.SignInAsync(client)).Expect(429, "rate_limited");
        Assert.True(int.Parse(locked.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) > 60);

        await host.AdvanceAsync(TimeSpan.FromMinutes(16));
        (await ada.SignInAsync(client)).Expect(200);
    }

    [Fact]
    public async Task A_challenge_ends_after_five_minutes_and_with_its_use()
    {
        await using var host = await CancelaHost.StartAsync();
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        var (early, late) = (await ada.ChallengeAsync(client), await ada.ChallengeAsync(client));
        await host.AdvanceAsync(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await client.PostAsync("/auth/login/second-factor", new { challenge = early, code = await ada.CodeAsync() })).Expect(200);

        (await client.PostAsync("/auth/login/second-factor", new { challenge = early, recovery_code = ada.RecoveryCodes[0] })).Expect(401, "challenge_invalid");
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await client.PostAsync("/auth/login/second-factor", new { challenge = late, recovery_code = ada.RecoveryCodes[0] })).Expect(401, "challenge_invalid");
        (await client.PostAsync("/auth/login/second-factor", new { challenge = "no such", recovery_code = ada.RecoveryCodes[0] })).Expect(401, "challenge_invalid");
        Assert.Equal(10, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_recovery_codes"));
    }

    [Fact]
    public async Task A_challenge_ends_with_what_the_account_was()
    {
        await using var host = await CancelaHost.StartAsync();
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        var challenge = await ada.ChallengeAsync(client);
        (await ada.Client.PostAsync("/auth/password/change", new { current_password = Person.Password, new_password = "outra frase bem comprida" })).Expect(204);

        (await client.PostAsync("/auth/login/second-factor", new { challenge, code = await ada.CodeAsync() })).Expect(401, "challenge_invalid");
    }

    [Fact]
    public async Task Fields_that_are_missing_are_named_and_another_site_is_turned_away()
    {
        await using var host = await CancelaHost.StartAsync();
        using var client = host.Client();

        var errors = (await client.PostAsync("/auth/login/second-factor", new { })).Expect(422, "validation_failed").Json.GetProperty("errors");
        Assert.True(errors.TryGetProperty("challenge", out _) && errors.TryGetProperty("code", out _));
        client.Headers["Sec-Fetch-Site"] = "cross-site";
        (await client.PostAsync("/auth/login/second-factor", new { challenge = "x", code = "123456" })).Expect(403, "cross_site_request");
        (await client.PostAsync("/auth/login/second-factor/totp", new { challenge = "x" })).Expect(403, "cross_site_request");
    }

    [Fact]
    public async Task What_a_sign_in_was_narrowed_to_stays_narrow_behind_the_second_factor()
    {
        await using var host = await CancelaHost.StartAsync("refresh-rotation");
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();

        var tokens = (await client.FormAsync("/auth/token", ("username", ada.Email), ("password", Person.Password), ("scope", "account"), ("code", await ada.CodeAsync()))).Expect(200);
        Assert.Equal("account", tokens.Text("scope"));
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));
        (await client.FormAsync("/auth/token", ("username", ada.Email), ("password", Person.Password), ("scope", "admin"), ("code", await ada.CodeAsync()))).Expect(400, "invalid_scope");
    }

    // Each of them a browser of its own: what one is handed, none of the others shows.
    private static TestClient Fresh(CancelaHost host) => host.Client();
}
