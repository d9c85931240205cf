using System.Text;
using Cancela.Audit;
using Cancela.SignIn;
using Cancela.Sql;
using Cancela.Strategies;
using Cancela.Tests.Contracts;
using Cancela.Tests.Hostile;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.SignIn;

[OnEachStore]
public sealed class Second_factor_of_ones_own
{
    [Fact]
    public async Task Enrolling_changes_nothing_until_a_code_is_confirmed()
    {
        await using var host = await CancelaHost.StartAsync();
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);

        var enrolment = (await client.PostAsync("/auth/totp")).Expect(200);
        Assert.Equal("no-store", enrolment.Header("Cache-Control"));
        Assert.Equal(32, enrolment.Text("secret")!.Length);
        Assert.StartsWith("otpauth://totp/Cancela:ada%40example.com?secret=" + enrolment.Text("secret"), enrolment.Text("uri"), StringComparison.Ordinal);
        Assert.StartsWith("<svg ", enrolment.Text("qr_svg"), StringComparison.Ordinal);
        Assert.False((await client.GetAsync("/auth/totp")).Expect(200).Json.GetProperty("enabled").GetBoolean());
        using var another = host.Client();
        await another.LoginAsync(Person.Ada);

        (await client.PostAsync("/auth/totp/confirm", new { code = "000000" })).Expect(401, "second_factor_invalid");
        (await client.PostAsync("/auth/totp/confirm", new { })).Expect(422, "validation_failed");
        var codes = (await client.PostAsync("/auth/totp/confirm", new { code = await new Authenticator(enrolment.Text("secret")!).ShowAsync(host.Clock.GetUtcNow()) })).Expect(200);
        Enrolled.Codes(codes.Json);
        var shown = (await client.GetAsync("/auth/totp")).Expect(200).Json;
        Assert.True(shown.GetProperty("enabled").GetBoolean());
        Assert.Equal(10, shown.GetProperty("recovery_codes_left").GetInt32());
    }

    [Fact]
    public async Task Every_other_sign_in_ends_and_this_one_goes_on_under_a_new_ID()
    {
        await using var host = await CancelaHost.StartAsync();
        using var client = host.Client();
        using var other = host.Client();
        using var program = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        await other.LoginAsync(Person.Ada);
        await program.TokenAsync(Person.Ada);
        var before = client.Cookies.Values.Single();
        var app = new Authenticator((await client.PostAsync("/auth/totp")).Expect(200).Text("secret")!);

        (await client.PostAsync("/auth/totp/confirm", new { code = await app.ShowAsync(host.Clock.GetUtcNow()) })).Expect(200);

        (await client.GetAsync("/auth/me")).Expect(200);
        Assert.NotEqual(before, client.Cookies.Values.Single());
        (await other.GetAsync("/auth/me")).Expect(401, "session_invalid");
        (await program.GetAsync("/auth/me")).Expect(401);
        other.Cookies[client.Cookies.Keys.Single()] = before;
        (await other.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    [Fact]
    public async Task A_sign_in_whose_password_is_being_checked_at_that_moment_is_asked_for_it_too()
    {
        await using var store = await TestStore.CreateAsync();
        var clock = new ManualClock();
        await using var behind = store.Open(clock);
        await using var database = new InterleavedDatabase(behind) { After = "FROM cancela_accounts WHERE email_key" };
        await using var host = await CancelaHost.StartAsync(clock: clock, folder: store.Folder, services: all => all.AddSingleton<Database>(database));
        using var client = host.Client();
        using var another = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        var app = new Authenticator((await client.PostAsync("/auth/totp")).Expect(200).Text("secret")!);
        var code = await app.ShowAsync(clock.GetUtcNow());

        database.Then = async () => (await client.PostAsync("/auth/totp/confirm", new { code })).Expect(200);
        (await another.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(401, "second_factor_required");

        Assert.Null(database.Then);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("refresh-denylist")]
    [InlineData("jwt")]
    public async Task A_session_that_ended_while_its_request_was_under_way_changes_nothing(string profile)
    {
        await using var host = await CancelaHost.StartAsync(profile);
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada)).GetProperty("id").GetGuid();
        if (profile == "session") await client.LoginAsync(Person.Ada);
        else await client.TokenAsync(Person.Ada);
        var sessionId = (await client.GetAsync("/auth/me")).Expect(200).Json.GetProperty("session").GetProperty("id").GetGuid();
        var app = new Authenticator((await client.PostAsync("/auth/totp")).Expect(200).Text("secret")!);
        var caller = new Caller(id, sessionId, profile, Person.Ada, "USER", "account", "pwd", host.Clock.GetUtcNow(), host.Clock.GetUtcNow()) { Version = 1 };
        var own = host.Services.GetRequiredService<OwnSecondFactor>();
        (await client.PostAsync("/auth/logout")).Expect(204);

        var confirmed = await own.ConfirmAsync(caller, await app.ShowAsync(host.Clock.GetUtcNow()), ClientInfo.None, CancellationToken.None);
        var replaced = await own.ReplaceRecoveryCodesAsync(caller, ClientInfo.None, CancellationToken.None);

        Assert.Equal("session_invalid", Assert.IsType<FactorChange.Refused>(confirmed).Refusal.Problem.Code);
        Assert.Equal("session_invalid", Assert.IsType<FactorChange.Refused>(replaced).Refusal.Problem.Code);
        // Nor does an account that moved on meanwhile.
        await host.ChangeAsync(id, new Cancela.Accounts.AccountChange { Role = "ADMIN" });
        Assert.IsType<FactorChange.Refused>(await own.RemoveAsync(caller with { SessionId = Guid.CreateVersion7() }, ClientInfo.None, CancellationToken.None));
        Assert.Equal(0, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_totp WHERE secret IS NOT NULL"));
        await client.LoginAsync(Person.Ada);
    }

    [Fact]
    public async Task Recovery_codes_that_nobody_was_told_of_are_not_kept()
    {
        await using var host = await CancelaHost.StartAsync();
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada)).GetProperty("id").GetGuid();
        await client.LoginAsync(Person.Ada);
        await host.Database.WriteAsync(
            new("INSERT INTO cancela_recovery_codes (code_hash, account_id, created_at) VALUES ('x', @id, @now)", ("id", id), ("now", host.Clock.GetUtcNow())), CancellationToken.None);
        var app = new Authenticator((await client.PostAsync("/auth/totp")).Expect(200).Text("secret")!);

        Enrolled.Codes((await client.PostAsync("/auth/totp/confirm", new { code = await app.ShowAsync(host.Clock.GetUtcNow()) })).Expect(200).Json);

        Assert.Equal(10, await host.Sql.CountAsync("cancela_recovery_codes"));
    }

    [Fact]
    public async Task Nobody_counts_wrong_codes_for_it_by_typing_its_name_as_an_address()
    {
        await using var host = await CancelaHost.StartAsync();
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        var id = (await ada.Client.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").GetProperty("id").GetString();
        (await client.PostAsync("/auth/login", new { email = $"SECOND FACTOR {id}", password = "x" })).Expect(401, "invalid_credentials");
        (await client.PostAsync("/auth/login/second-factor", new { challenge = await ada.ChallengeAsync(client), code = "12345x" })).Expect(401, "second_factor_invalid");

        Assert.Equal([1, 1], (await host.Sql.ColumnAsync("SELECT failures FROM cancela_failed_attempts WHERE failures > 0")).Select(int.Parse));
    }

    [Fact]
    public async Task A_new_app_takes_over_with_its_first_code_and_the_old_one_goes_on_until_then()
    {
        await using var host = await CancelaHost.StartAsync();
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        (await ada.SignInAsync(client)).Expect(200);
        var next = new Authenticator((await client.PostAsync("/auth/totp")).Expect(200).Text("secret")!);
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));
        using var another = host.Client();
        (await ada.SignInAsync(another)).Expect(200);

        var confirmed = (await client.PostAsync("/auth/totp/confirm", new { code = await next.ShowAsync(host.Clock.GetUtcNow()) })).Expect(200);

        // The recovery codes are on paper already.
        Assert.Equal(0, confirmed.Json.GetProperty("recovery_codes").GetArrayLength());
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));
        (await ada.SignInAsync(another)).Expect(401, "second_factor_invalid");
        (await another.PostAsync("/auth/login/second-factor", new { challenge = await ada.ChallengeAsync(another), code = await next.ShowAsync(host.Clock.GetUtcNow()) })).Expect(200);
    }

    [Fact]
    public async Task A_secret_waits_a_quarter_of_an_hour_and_is_confirmed_once()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Totp:Skew"] = "0" });
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        var late = new Authenticator((await client.PostAsync("/auth/totp")).Expect(200).Text("secret")!);
        await host.AdvanceAsync(TimeSpan.FromMinutes(15));
        await client.LoginAsync(Person.Ada);
        (await client.PostAsync("/auth/totp/confirm", new { code = await late.ShowAsync(host.Clock.GetUtcNow()) })).Expect(401, "second_factor_invalid");

        var app = new Authenticator((await client.PostAsync("/auth/totp")).Expect(200).Text("secret")!);
        var code = await app.ShowAsync(host.Clock.GetUtcNow());
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostAsync("/auth/totp/confirm", new { code })));
        Assert.Equal(1, replies.Count(static reply => (int)reply.Status == 200));
    }

    [Fact]
    public async Task Taken_away_the_password_is_enough_again_and_the_codes_are_gone()
    {
        await using var host = await CancelaHost.StartAsync();
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        (await ada.SignInAsync(client)).Expect(200);

        (await client.DeleteAsync("/auth/totp")).Expect(204);
        (await client.GetAsync("/auth/me")).Expect(200);
        (await client.DeleteAsync("/auth/totp")).Expect(409, "conflict");
        (await client.PostAsync("/auth/recovery-codes")).Expect(409, "conflict");
        using var another = host.Client();
        await another.LoginAsync(Person.Ada);
        Assert.Equal(0, await host.Sql.CountAsync("cancela_recovery_codes"));
        Assert.Equal(0, await host.Sql.CountAsync("cancela_totp"));
    }

    [Fact]
    public async Task New_recovery_codes_replace_the_old_ones_as_a_set()
    {
        await using var host = await CancelaHost.StartAsync();
        var ada = await Enrolled.AtAsync(host);
        using var client = host.Client();
        (await ada.SignInAsync(client)).Expect(200);

        var codes = Enrolled.Codes((await client.PostAsync("/auth/recovery-codes")).Expect(200).Json);

        using var another = host.Client();
        (await another.PostAsync("/auth/login/second-factor", new { challenge = await ada.ChallengeAsync(another), recovery_code = ada.RecoveryCodes[0] })).Expect(401, "second_factor_invalid");
        (await another.PostAsync("/auth/login/second-factor", new { challenge = await ada.ChallengeAsync(another), recovery_code = codes[9].ToUpperInvariant() })).Expect(200);
        Assert.Equal(["pwd", "mfa"], (await another.GetAsync("/auth/me")).Expect(200).Json.GetProperty("session").GetProperty("amr").EnumerateArray().Select(static method => method.GetString()));
        Assert.Equal(9, (await another.GetAsync("/auth/totp")).Expect(200).Json.GetProperty("recovery_codes_left").GetInt32());
    }

    [Fact]
    public async Task Nothing_of_it_can_be_read_in_the_database()
    {
        await using var host = await CancelaHost.StartAsync();
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        var secret = (await client.PostAsync("/auth/totp")).Expect(200).Text("secret")!;
        var confirmed = await client.PostAsync("/auth/totp/confirm", new { code = await new Authenticator(secret).ShowAsync(host.Clock.GetUtcNow()) });
        var codes = Enrolled.Codes(confirmed.Expect(200).Json);
        using var another = host.Client();
        var challenge = (await another.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(401).Text("challenge")!;

        var cells = string.Join('\n', await host.Sql.EveryCellAsync());
        foreach (var hidden in codes.Append(secret).Append(challenge))
        {
            Assert.DoesNotContain(hidden, cells, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToHexString(Encoding.ASCII.GetBytes(hidden)), cells, StringComparison.OrdinalIgnoreCase);
        }
        Assert.DoesNotContain(Convert.ToHexString(FromBase32(secret)), cells, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_secret_outlives_the_rotation_of_the_root_secret_that_it_was_encrypted_under()
    {
        await using var host = await CancelaHost.StartAsync();
        var ada = await Enrolled.AtAsync(host);
        var bia = await Enrolled.AtAsync(host, Person.Bia);
        var present = Cancela.Secrets.RootSecret.Generate();
        await using (var rotating = await CancelaHost.StartAsync(
            clock: host.Clock, folder: host.Folder, settings: new() { ["Signing:Secret"] = present, ["Signing:OtherSecrets:0"] = TestSecret.Value }))
        {
            using var client = rotating.Client();
            (await client.PostAsync("/auth/login/second-factor", new { challenge = await ada.ChallengeAsync(client), code = await ada.CodeAsync() })).Expect(200);
        }

        // What nobody used meanwhile is left to the operator.
        await using (var rotating = await CancelaHost.StartAsync(
            clock: host.Clock, folder: host.Folder, settings: new() { ["Signing:Secret"] = present, ["Signing:OtherSecrets:0"] = TestSecret.Value }))
        {
            Assert.Equal(1, await rotating.Services.GetRequiredService<Cancela.Secrets.SigningKeyDirectory>().RewrapAsync(CancellationToken.None));
            using var caio = rotating.Client();
            var foreign = (await caio.RegisterAsync("caio@example.com")).GetProperty("id").GetGuid();
            await rotating.Database.WriteAsync(new("INSERT INTO cancela_totp (account_id, secret) VALUES (@id, @secret)", ("id", foreign), ("secret", new byte[49])), CancellationToken.None);
            var resealed = await rotating.Services.GetRequiredService<Cancela.Credentials.Totp.TotpSecrets>().ResealAsync(CancellationToken.None);
            Assert.Equal(1, resealed.Resealed);
            Assert.Equal([foreign], resealed.Unopened);
        }
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));
        await using var rotated = await CancelaHost.StartAsync(clock: host.Clock, folder: host.Folder, settings: new() { ["Signing:Secret"] = present });
        using var after = rotated.Client();
        (await after.PostAsync("/auth/login/second-factor", new { challenge = await ada.ChallengeAsync(after), code = await ada.CodeAsync() })).Expect(200);
        (await after.PostAsync("/auth/login/second-factor", new { challenge = await bia.ChallengeAsync(after), code = await bia.CodeAsync() })).Expect(200);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(static letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }
}
