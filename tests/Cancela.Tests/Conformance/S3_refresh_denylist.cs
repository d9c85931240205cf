using System.Security.Cryptography;
using System.Text;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S3: "access + stateless refresh, denylist", in profile <c>refresh-denylist</c>. The denylist of one node is its revocation set.</summary>
[OnEachStore]
public sealed class S3_refresh_denylist(RefreshDenylistProfile fixture) : Walk(fixture), IClassFixture<RefreshDenylistProfile>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>"Access token 15 minutes", to the second.</summary>
    [Fact]
    public async Task The_access_token_lives_15_minutes()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        Assert.Equal(["access_token", "refresh_token", "token_type", "expires_in", "scope"], Members(reply.Json));
        Assert.Equal(900, reply.Json.GetProperty("expires_in").GetInt32());
        var token = Jot.Read(reply.Text("access_token"));
        Assert.True(token.IsSignedByUs);
        Assert.Equal(TimeSpan.FromMinutes(15), token.Life);
        await Host.AdvanceAsync(TimeSpan.FromMinutes(15) - Second);
        (await client.GetAsync("/own")).Expect(200);
        await Host.AdvanceAsync(Second);
        (await client.GetAsync("/own")).Expect(401, "token_expired");
    }

    /// <summary>"refresh token is itself a stateless JWT": it says itself all that a new access token has to say.</summary>
    [Fact]
    public async Task The_refresh_token_is_itself_a_stateless_JWT()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var _ = program;
        var token = Jot.Read(reply.Text("refresh_token"));
        Assert.True(token.IsSignedByUs);
        Assert.Equal("refresh", token.Text("type"));
        Assert.Equal(person.Id, token.Id("sub"));
        Assert.Equal((person.Email, "USER"), (token.Text("email"), token.Text("role")));
        Assert.Equal(Week, token.Life);
    }

    /// <summary>The refresh token lives 7 days, to the second.</summary>
    [Fact]
    public async Task The_refresh_token_lives_7_days()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        await Host.AdvanceAsync(Week - Second);
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        await Host.AdvanceAsync(Second);
        Assert.Equal("Token expirado", (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(401, "token_expired").Text("detail"));
    }

    /// <summary>"<b>No database query during refresh.</b>" Counted: accepted, refused, and with revocations to be asked about.</summary>
    [Fact]
    public async Task No_database_query_during_refresh()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        var (another, ended) = await ProgramAsync(person);
        using var client = program;
        using var other = another;
        (await other.PostAsync("/auth/logout")).Expect(204);
        await Host.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(0, await StatementsAsync(async () =>
        {
            (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
            client.Bearer = null;
            (await client.FormAsync("/auth/refresh", ("grant_type", "refresh_token"), ("refresh_token", reply.Text("refresh_token")!))).Expect(200);
            (await RefreshAsync(other, ended.Text("refresh_token"))).Expect(401, "token_revoked");
            (await RefreshAsync(other, ended.Text("access_token"))).Expect(401, "token_wrong_type");
            (await RefreshAsync(other, "nonsense")).Expect(401, "token_malformed");
        }));
    }

    /// <summary>"The only shared state read is the denylist": with every other table gone, refresh goes on.</summary>
    [Fact]
    public async Task The_only_shared_state_read_is_the_denylist()
    {
        await using var host = await CancelaHost.StartAsync("refresh-denylist");
        using var client = host.Client();
        var reply = await client.TokenAsync((await SomebodyAsync(host)).Email);
        var sql = host.Sql;
        foreach (var table in new[] { "cancela_sessions", "cancela_accounts", "cancela_keys", "cancela_audit", "cancela_failed_attempts" })
            await sql.RunAsync($"ALTER TABLE {table} RENAME TO gone_{table}");
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
    }

    /// <summary>
    /// "Logout puts the presented refresh token on the denylist with a TTL equal to the token's remaining lifetime": refused until
    /// it would have expired anyway, and forgotten soon after.
    /// </summary>
    [Fact]
    public async Task Logout_denies_the_presented_refresh_token_for_the_rest_of_its_life()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        var refresh = reply.Text("refresh_token");
        await Host.AdvanceAsync(TimeSpan.FromDays(2));
        client.Bearer = refresh;
        (await client.PostAsync("/auth/logout")).Expect(204);
        Assert.Equal("Token revogado", (await RefreshAsync(client, refresh)).Expect(401, "token_revoked").Text("detail"));

        var token = Jot.Read(refresh);
        var row = await Sql.OneAsync("SELECT until FROM cancela_revocations WHERE subject = @sid AND kind = 'session'", ("sid", token.Text("sid")!));
        var end = DateTimeOffset.FromUnixTimeSeconds(token.Number("exp"));
        Assert.InRange(RawSql.Time(row["until"]), end, end + TimeSpan.FromDays(1));

        await Host.AdvanceAsync(TimeSpan.FromDays(5) - Second);
        (await RefreshAsync(client, refresh)).Expect(401, "token_revoked");
        await Host.AdvanceAsync(Second);
        (await RefreshAsync(client, refresh)).Expect(401, "token_expired");
    }

    /// <summary>Logout with the access token reaches the refresh token beside it, also when the access token has expired.</summary>
    [Fact]
    public async Task Logout_with_an_old_access_token_denies_the_refresh_token_too()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        await Host.AdvanceAsync(TimeSpan.FromHours(1));
        (await client.PostAsync("/auth/logout")).Expect(204);
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(401, "token_revoked");
    }

    /// <summary>"Refresh checks the denylist: listed → denied; else a new access token", and only that: the refresh token goes on as it is.</summary>
    [Fact]
    public async Task Refresh_gives_a_new_access_token_and_leaves_the_refresh_token()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var client = program;
        await Host.AdvanceAsync(TimeSpan.FromHours(1));
        var renewed = (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        Assert.Equal(["access_token", "token_type", "expires_in", "scope"], Members(renewed.Json));
        Assert.Equal(900, renewed.Json.GetProperty("expires_in").GetInt32());

        var (before, after) = (Jot.Read(reply.Text("access_token")), Jot.Read(renewed.Text("access_token")));
        Assert.True(after.IsSignedByUs);
        Assert.NotEqual(before.Text("jti"), after.Text("jti"));
        Assert.Equal((Seconds, Seconds + 900), (after.Number("iat"), after.Number("exp")));
        foreach (var claim in new[] { "sub", "sid", "email", "role", "scope", "type" }) Assert.Equal(before.Text(claim), after.Text(claim));
        (await ShowAsync(client, renewed.Text("access_token"))).Expect(200);

        var again = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var tab = Host.Client();
            return await RefreshAsync(tab, reply.Text("refresh_token"));
        }));
        Assert.All(again, answer => answer.Expect(200));
    }

    /// <summary>"The access token is validated by signature and expiry. (In Cancela: plus the node's own revocation set, which costs no network.)"</summary>
    [Fact]
    public async Task The_access_token_is_validated_by_signature_expiry_and_the_nodes_own_set()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var client = program;
        Assert.Equal(0, await StatementsAsync(async () => (await client.GetAsync("/own")).Expect(200)));
        var token = Jot.Read(reply.Text("access_token"));
        (await ShowAsync(client, token.Forge(_ => { }), "/own")).Expect(200);
        (await ShowAsync(client, token.Forge(_ => { }, RandomNumberGenerator.GetBytes(32)), "/own")).Expect(401, "token_malformed");
        (await ShowAsync(client, reply.Text("access_token"), "/own")).Expect(200);
        (await client.PostAsync("/auth/logout")).Expect(204);
        await Host.AdvanceAsync(Second);
        Assert.Equal(0, await StatementsAsync(async () => (await client.GetAsync("/own")).Expect(401, "token_revoked")));
    }

    /// <summary>"Several simultaneous sessions per user (web + mobile): logout ends one, never all."</summary>
    [Fact]
    public async Task Logout_ends_one_never_all()
    {
        var person = await SomebodyAsync();
        var (web, atWeb) = await ProgramAsync(person);
        var (mobile, atMobile) = await ProgramAsync(person);
        using var first = web;
        using var second = mobile;
        (await first.PostAsync("/auth/logout")).Expect(204);
        (await RefreshAsync(first, atWeb.Text("refresh_token"))).Expect(401, "token_revoked");
        (await second.GetAsync("/own")).Expect(200);
        (await RefreshAsync(second, atMobile.Text("refresh_token"))).Expect(200);
    }

    /// <summary>"Rejected there, and not to be done: … storing every active refresh token to be read": neither it, nor its hash, nor its name.</summary>
    [Fact]
    public async Task No_refresh_token_is_stored()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        var refresh = reply.Text("refresh_token")!;
        (await RefreshAsync(client, refresh)).Expect(200);
        string[] traces = [refresh, refresh.Split('.')[2], Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(refresh))), Jot.Read(refresh).Text("jti")!];
        var cells = await Sql.EveryCellAsync();
        Assert.DoesNotContain(cells, cell => traces.Any(trace => cell.Contains(trace, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>"Rejected there: … no revocation": a device is ended from another one, also its refresh token.</summary>
    [Fact]
    public async Task A_device_is_revoked_by_itself()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var stolen = program;
        using var browser = await BrowserAsync(person);
        (await browser.DeleteAsync($"/auth/sessions/{Jot.Read(reply.Text("access_token")).Text("sid")}")).Expect(204);
        (await stolen.GetAsync("/own")).Expect(401, "token_revoked");
        (await RefreshAsync(stolen, reply.Text("refresh_token"))).Expect(401, "token_revoked");
    }

    /// <summary>Each token for its purpose.</summary>
    [Fact]
    public async Task A_refresh_token_opens_no_protected_route_and_an_access_token_does_not_refresh()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        (await ShowAsync(client, reply.Text("refresh_token"), "/own")).Expect(401, "token_wrong_type");
        (await RefreshAsync(client, reply.Text("access_token"))).Expect(401, "token_wrong_type");
    }

    /// <summary>Refresh may not read the account, so an account that moved on signs in again, and a deleted one is told so.</summary>
    [Fact]
    public async Task An_account_that_moved_on_signs_in_again()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var client = program;
        using var administrator = await AdministratorAsync();
        (await administrator.PutAsync($"/users/{person.Id}", new { role = "ADMIN" })).Expect(200);
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(401, "token_superseded");
        (await administrator.DeleteAsync($"/users/{person.Id}")).Expect(204);
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(401, "user_not_found");
    }
}
