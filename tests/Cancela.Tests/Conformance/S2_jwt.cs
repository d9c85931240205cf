using System.Text.Json.Nodes;
using Cancela.Tests.Contracts;
using Cancela.Tests.Tokens;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S2: "one stateless bearer token", in profile <c>jwt</c>.</summary>
[OnEachStore]
public sealed class S2_jwt(JwtProfile fixture, JoseProcess jose) : Walk(fixture), IClassFixture<JwtProfile>, IClassFixture<JoseProcess>
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>"JWT, HS256, 24 hours".</summary>
    [Fact]
    public async Task It_is_a_JWT_with_HS256_for_24_hours()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var _ = program;
        Assert.Equal(["access_token", "token_type", "expires_in", "scope"], Members(reply.Json));
        Assert.Equal("bearer", reply.Text("token_type"));
        Assert.Equal(86400, reply.Json.GetProperty("expires_in").GetInt32());
        var token = Jot.Read(reply.Text("access_token"));
        Assert.Equal("HS256", (string?)token.Header["alg"]);
        Assert.Equal(Day, token.Life);
        Assert.True(token.IsSignedByUs);
    }

    /// <summary>24 hours, to the second and without leeway.</summary>
    [Fact]
    public async Task It_expires_after_24_hours()
    {
        var (program, _) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        await Host.AdvanceAsync(Day - TimeSpan.FromSeconds(1));
        (await client.GetAsync("/auth/me")).Expect(200);
        await Host.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("Token expirado", (await client.GetAsync("/auth/me")).Expect(401, "token_expired").Text("detail"));
    }

    /// <summary>"in <c>Authorization: Bearer &lt;token&gt;</c>" and nowhere else.</summary>
    [Fact]
    public async Task It_is_shown_in_the_authorization_header()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        (await client.GetAsync("/own")).Expect(200);
        client.Bearer = null;
        (await client.GetAsync($"/own?access_token={reply.Text("access_token")}")).Expect(401, "not_authenticated");
        client.Headers["Authorization"] = $"Token {reply.Text("access_token")}";
        (await client.GetAsync("/own")).Expect(401, "not_authenticated");
    }

    /// <summary>"Claims: sub (user id), email, role (USER or ADMIN), iat, exp".</summary>
    [Theory]
    [InlineData("USER")]
    [InlineData("ADMIN")]
    public async Task Its_claims_are_sub_email_role_iat_and_exp(string role)
    {
        var person = await SomebodyAsync(role);
        var (program, reply) = await ProgramAsync(person);
        using var _ = program;
        var token = Jot.Read(reply.Text("access_token"));
        Assert.Equal(person.Id, token.Id("sub"));
        Assert.Equal(person.Email, token.Text("email"));
        Assert.Equal(role, token.Text("role"));
        Assert.Equal(Seconds, token.Number("iat"));
        Assert.Equal(Seconds + 86400, token.Number("exp"));
        Assert.Equal("access", token.Text("type"));
    }

    /// <summary>"Any node … validates it alone": one with a database of its own, in which nobody is.</summary>
    [Fact]
    public async Task Any_node_validates_it_alone()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var _ = program;
        await using var another = await CancelaHost.StartAsync("jwt", configure: ProfileFixture.MapOwn, clock: Host.Clock);
        using var client = another.Client();
        Assert.Equal(person.Id.ToString(), (await ShowAsync(client, reply.Text("access_token"), "/own")).Expect(200).Body);
    }

    /// <summary>"or any other service that holds the key": here jose, and the framework's HMAC in every test that reads a token.</summary>
    [Fact]
    public async Task Any_other_service_that_holds_the_key_validates_it_alone()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var _ = program;
        var question = new JsonObject
        {
            ["op"] = "verify",
            ["alg"] = "HS256",
            ["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = TestSecret.Value },
            ["token"] = reply.Text("access_token"),
            ["typ"] = "at+jwt",
            ["now"] = Seconds,
        };
        Assert.Equal(person.Id.ToString(), (string?)jose.Ask(question)["result"]?["payload"]?["sub"]);
        question["now"] = Seconds + 86400;
        Assert.Equal("ERR_JWT_EXPIRED", (string?)jose.Ask(question)["error"]);
    }

    /// <summary>"No server record": signing in adds rows to no table but the two that tell what happened.</summary>
    [Fact]
    public async Task There_is_no_server_record()
    {
        var person = await SomebodyAsync();
        var before = await CountsAsync();
        var (program, _) = await ProgramAsync(person);
        using var client = program;
        (await client.GetAsync("/auth/me")).Expect(200);
        Assert.Equal(before, await CountsAsync());
        Assert.Empty((await client.GetAsync("/auth/sessions")).Expect(200).Json.GetProperty("sessions").EnumerateArray());
    }

    /// <summary>Validating costs no statement.</summary>
    [Fact]
    public async Task Validating_reads_no_database()
    {
        var (program, _) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        Assert.Equal(0, await StatementsAsync(async () => (await client.GetAsync("/own")).Expect(200)));
    }

    /// <summary>"no revocation before expiry. (Cancela removes it)": logout ends this token and no other.</summary>
    [Fact]
    public async Task It_is_revoked_before_its_expiry_and_logout_ends_one_never_all()
    {
        var person = await SomebodyAsync();
        var (one, _) = await ProgramAsync(person);
        var (two, _) = await ProgramAsync(person);
        using var first = one;
        using var second = two;
        (await first.PostAsync("/auth/logout")).Expect(204);
        (await first.GetAsync("/own")).Expect(401, "token_revoked");
        (await second.GetAsync("/own")).Expect(200);
        await Host.AdvanceAsync(Day - TimeSpan.FromSeconds(1));
        (await first.GetAsync("/own")).Expect(401, "token_revoked");
    }

    /// <summary>A ban and a change of role reach the token that is out.</summary>
    [Theory]
    [InlineData("role", "ADMIN")]
    [InlineData("status", "closed")]
    public async Task An_account_that_moved_on_has_to_sign_in_again(string field, string value)
    {
        var person = await SomebodyAsync();
        var (program, _) = await ProgramAsync(person);
        using var client = program;
        using var administrator = await AdministratorAsync();
        (await administrator.PutAsync($"/users/{person.Id}", new Dictionary<string, string> { [field] = value })).Expect(200);
        (await client.GetAsync("/own")).Expect(401, "token_superseded");
    }

    /// <summary>One token: there is nothing to refresh.</summary>
    [Fact]
    public async Task It_cannot_be_refreshed()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        (await RefreshAsync(client, reply.Text("access_token"))).Expect(401, "token_wrong_type");
    }

    private async Task<string> CountsAsync()
    {
        var counts = new List<string>();
        foreach (var table in (await Sql.TablesAsync()).Where(table => table is not ("cancela_audit" or "cancela_failed_attempts")))
            counts.Add($"{table} {await Sql.CountAsync(table)}");
        return string.Join(", ", counts);
    }
}
