using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.SignIn;

[OnEachStore]
public sealed class Second_factor_required
{
    private static readonly Dictionary<string, string?> Everybody = new() { ["SecondFactor:Required"] = "true" };

    [Fact]
    public async Task Whoever_has_none_enrols_it_with_the_sign_in()
    {
        await using var host = await CancelaHost.StartAsync(settings: Everybody);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var half = (await client.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(401, "second_factor_required");
        Assert.True(half.Json.GetProperty("enrolment_required").GetBoolean());
        var challenge = half.Text("challenge")!;
        (await client.PostAsync("/auth/login/second-factor", new { challenge, code = "000000" })).Expect(401, "second_factor_invalid");

        var app = new Authenticator((await client.PostAsync("/auth/login/second-factor/totp", new { challenge })).Expect(200).Text("secret")!);
        var signedIn = (await client.PostAsync("/auth/login/second-factor", new { challenge, code = await app.ShowAsync(host.Clock.GetUtcNow()) })).Expect(200);

        var codes = Enrolled.Codes(signedIn.Json);
        (await client.GetAsync("/auth/me")).Expect(200);
        (await client.DeleteAsync("/auth/totp")).Expect(409, "conflict");
        using var another = host.Client();
        var next = (await another.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(401, "second_factor_required");
        Assert.False(next.Json.GetProperty("enrolment_required").GetBoolean());
        // Who has one enrols no other with the password alone.
        (await another.PostAsync("/auth/login/second-factor/totp", new { challenge = next.Text("challenge") })).Expect(401, "challenge_invalid");
        (await another.PostAsync("/auth/login/second-factor", new { challenge = next.Text("challenge"), recovery_code = codes[0] })).Expect(200);
    }

    [Fact]
    public async Task A_program_enrols_it_with_the_challenge_and_then_asks_for_tokens()
    {
        await using var host = await CancelaHost.StartAsync("refresh-rotation", Everybody);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var half = (await client.FormAsync("/auth/token", ("username", Person.Ada), ("password", Person.Password))).Expect(401, "second_factor_required");

        var app = new Authenticator((await client.PostAsync("/auth/login/second-factor/totp", new { challenge = half.Text("challenge") })).Expect(200).Text("secret")!);
        var tokens = (await client.FormAsync(
            "/auth/token", ("username", Person.Ada), ("password", Person.Password), ("code", await app.ShowAsync(host.Clock.GetUtcNow())))).Expect(200);

        Enrolled.Codes(tokens.Json);
        client.Bearer = tokens.Text("access_token");
        (await client.GetAsync("/auth/me")).Expect(200);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("jwt")]
    [InlineData("jwt-cookie")]
    [InlineData("refresh-denylist")]
    [InlineData("refresh-rotation")]
    public async Task What_was_handed_out_before_it_was_required_opens_and_renews_nothing(string profile)
    {
        await using var before = await CancelaHost.StartAsync(profile);
        using var browser = before.Client();
        using var program = before.Client();
        await browser.RegisterAsync(Person.Ada);
        await browser.LoginAsync(Person.Ada);
        var tokens = await program.TokenAsync(Person.Ada);
        (await program.GetAsync("/auth/me")).Expect(200);

        await using var host = await CancelaHost.StartAsync(profile, Everybody, clock: before.Clock, folder: before.Folder);
        using var there = host.Client();
        foreach (var (name, value) in browser.Cookies) there.Cookies[name] = value;
        (await there.GetAsync("/auth/me")).Expect(401, "second_factor_required");
        there.Cookies.Clear();
        there.Bearer = program.Bearer;
        (await there.GetAsync("/auth/me")).Expect(401, "second_factor_required");
        if (!tokens.Json.TryGetProperty("refresh_token", out var refresh)) return;
        there.Bearer = refresh.GetString();
        (await there.PostAsync("/auth/refresh")).Expect(401, "second_factor_required");
    }

    [Fact]
    public async Task Who_tries_to_renew_without_it_again_is_signed_out_and_no_thief()
    {
        await using var before = await CancelaHost.StartAsync("refresh-rotation");
        using var program = before.Client();
        await program.RegisterAsync(Person.Ada);
        var refresh = (await program.TokenAsync(Person.Ada)).Text("refresh_token");
        await using var host = await CancelaHost.StartAsync("refresh-rotation", Everybody, clock: before.Clock, folder: before.Folder);
        using var there = host.Client();
        there.Bearer = refresh;
        (await there.PostAsync("/auth/refresh")).Expect(401, "second_factor_required");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        (await there.PostAsync("/auth/refresh")).Expect(401, "token_revoked");
        Assert.Equal(0, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'refresh_reuse'"));
    }

    [Theory]
    [InlineData("session")]
    [InlineData("jwt")]
    public async Task A_challenge_from_before_somebody_enrolled_enrols_nobody_else(string profile)
    {
        await using var host = await CancelaHost.StartAsync(profile, Everybody);
        using var mallory = host.Client();
        using var ada = host.Client();
        await ada.RegisterAsync(Person.Ada);
        var stale = await ChallengeAsync(mallory);
        (await mallory.PostAsync("/auth/login/second-factor/totp", new { challenge = stale })).Expect(200);
        var challenge = await ChallengeAsync(ada);
        var app = new Authenticator((await ada.PostAsync("/auth/login/second-factor/totp", new { challenge })).Expect(200).Text("secret")!);
        var now = host.Clock.GetUtcNow();
        var codes = Enrolled.Codes((await ada.PostAsync("/auth/login/second-factor", new { challenge, code = await app.ShowAsync(now) })).Expect(200).Json);

        (await mallory.PostAsync("/auth/login/second-factor/totp", new { challenge = stale })).Expect(401, "challenge_invalid");
        (await mallory.PostAsync("/auth/login/second-factor", new { challenge = stale, code = await app.ShowAsync(now) })).Expect(401, "challenge_invalid");
        (await mallory.PostAsync("/auth/login/second-factor", new { challenge = await ChallengeAsync(mallory), recovery_code = codes[0] })).Expect(200);

        static async Task<string> ChallengeAsync(TestClient client) =>
            (await client.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(401, "second_factor_required").Text("challenge")!;
    }

    [Fact]
    public async Task What_was_handed_out_for_the_password_alone_ends_with_the_enrolment()
    {
        await using var before = await CancelaHost.StartAsync();
        using var old = before.Client();
        await old.RegisterAsync(Person.Ada);
        await old.LoginAsync(Person.Ada);
        await using (var host = await CancelaHost.StartAsync(settings: Everybody, clock: before.Clock, folder: before.Folder))
        {
            using var client = host.Client();
            var challenge = (await client.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(401).Text("challenge")!;
            var app = new Authenticator((await client.PostAsync("/auth/login/second-factor/totp", new { challenge })).Expect(200).Text("secret")!);
            (await client.PostAsync("/auth/login/second-factor", new { challenge, code = await app.ShowAsync(before.Clock.GetUtcNow()) })).Expect(200);
            (await client.GetAsync("/auth/me")).Expect(200);
        }

        // Also where nobody needs one any more.
        await before.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await old.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    [Fact]
    public async Task Nor_is_it_active_to_a_service_that_asks()
    {
        var clients = new Dictionary<string, string?> { ["Clients:0:Id"] = "shop", ["Clients:0:Secret"] = "a secret of thirty-two characters" };
        await using var before = await CancelaHost.StartAsync(settings: clients);
        using var program = before.Client();
        await program.RegisterAsync(Person.Ada);
        await program.TokenAsync(Person.Ada);
        var token = program.Bearer!;
        await using var host = await CancelaHost.StartAsync(settings: new(clients) { ["SecondFactor:Required"] = "true" }, clock: before.Clock, folder: before.Folder);

        Assert.True(await IsActiveAsync(before));
        Assert.False(await IsActiveAsync(host));

        async Task<bool> IsActiveAsync(CancelaHost asked)
        {
            using var service = asked.Client();
            service.Headers["Authorization"] = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("shop:a secret of thirty-two characters"));
            return (await service.FormAsync("/auth/introspect", ("token", token))).Expect(200).Json.GetProperty("active").GetBoolean();
        }
    }

    [Fact]
    public async Task A_former_cookie_without_it_is_exchanged_for_nothing()
    {
        await using var before = await CancelaHost.StartAsync("jwt-cookie");
        using var client = before.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        await using var host = await CancelaHost.StartAsync(
            settings: new() { ["Browser"] = "session", ["Former:Browser"] = "jwt-cookie", ["Former:Until"] = "2030-01-01T00:00:00Z", ["SecondFactor:Required"] = "true" },
            clock: before.Clock, folder: before.Folder);
        using var there = host.Client();
        foreach (var (name, value) in client.Cookies) there.Cookies[name] = value;

        Assert.Empty((await there.GetAsync("/auth/me")).Expect(401, "second_factor_required").SetCookies);
    }

    [Fact]
    public async Task It_may_be_required_of_a_role_alone()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["SecondFactor:RequiredRoles:0"] = "ADMIN" });
        using var ada = host.Client();
        using var bia = host.Client();
        await host.AdministratorAsync(ada, Person.Ada);
        await bia.RegisterAsync(Person.Bia);

        (await ada.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(401, "second_factor_required");
        await bia.LoginAsync(Person.Bia);
        (await bia.GetAsync("/auth/me")).Expect(200);
    }

    [Fact]
    public async Task A_session_of_somebody_who_becomes_an_administrator_opens_nothing_from_then_on()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["SecondFactor:RequiredRoles:0"] = "ADMIN" });
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada)).GetProperty("id").GetGuid();
        await client.LoginAsync(Person.Ada);

        await host.ChangeAsync(id, new Cancela.Accounts.AccountChange { Role = "ADMIN" });

        (await client.GetAsync("/auth/me")).Expect(401, "second_factor_required");
    }
}
