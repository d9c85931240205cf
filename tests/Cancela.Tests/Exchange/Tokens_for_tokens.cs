using Cancela.Accounts;
using Cancela.Tests.Conformance;
using Cancela.Tests.Hostile;
using Xunit;

namespace Cancela.Tests.Exchange;

/// <summary>The token slot changes its strategy: the former refresh token is worth a pair of the new one, once.</summary>
public sealed class Tokens_for_tokens
{
    private const string S2 = "jwt", S3 = "refresh-denylist", S4 = "refresh-rotation";

    public static TheoryData<string, string, string> Renewed => new() { { S3, S4, "true" }, { S3, S4, "false" }, { S4, S3, "true" }, { S4, S3, "false" } };

    public static TheoryData<string, string, string> All => new() { { S3, S4, "true" }, { S3, S4, "false" }, { S4, S3, "true" }, { S3, S2, "true" }, { S3, S2, "false" }, { S4, S2, "true" } };

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_former_refresh_token_is_exchanged_for_the_same_session(string from, string to, string tracked)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from, ("TrackTokens", tracked));
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));

        (await host.ShowTokenAsync(before.Text("access_token")!)).Expect(200);
        var after = (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(200);

        var (old, access) = (Jot.Read(before.Text("access_token")), Jot.Read(after.Text("access_token")));
        foreach (var claim in new[] { "sid", "sub", "email", "role", "scope" }) Assert.Equal(old.Text(claim), access.Text(claim));
        foreach (var claim in new[] { "auth_time", "ver" }) Assert.Equal(old.Number(claim), access.Number(claim));
        Assert.Equal(before.Text("scope"), after.Text("scope"));
        var device = Assert.Single((await host.ShowTokenAsync(after.Text("access_token")!)).Expect(200).Json.GetProperty("sessions").EnumerateArray());
        Assert.Equal((old.Text("sid"), to, true), (device.GetProperty("id").GetString(), device.GetProperty("strategy").GetString(), device.GetProperty("current").GetBoolean()));
        Assert.Equal(1, await host.ExchangesAsync());
        Assert.Equal(to == S2 ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(to == S3 ? 15 : 30), access.Life);
        Assert.Equal(to != S2, after.Json.TryGetProperty("refresh_token", out _));
        if (to != S2) Assert.Equal(to == S3, Jot.Read(after.Text("refresh_token")).Claims.ContainsKey("role"));
    }

    [Theory]
    [MemberData(nameof(Renewed))]
    public async Task What_it_is_exchanged_for_is_renewed_by_the_new_strategy_after_the_window_too(string from, string to, string tracked)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from, ("TrackTokens", tracked));
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));
        var refresh = (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(200).Text("refresh_token")!;

        host = await change.AfterAsync(("Token", to), ("TrackTokens", tracked));
        for (var i = 0; i < 3; i++)
        {
            await host.AdvanceAsync(TimeSpan.FromHours(20));
            var renewed = (await host.RefreshAsync(refresh)).Expect(200);
            if (to == S4) refresh = renewed.Text("refresh_token")!;
            (await host.ShowTokenAsync(renewed.Text("access_token")!)).Expect(200);
        }
        if (to == S4) return;

        // As ever with this strategy, a refresh reads neither sessions nor accounts.
        foreach (var table in new[] { "cancela_sessions", "cancela_accounts" }) await host.Sql.RunAsync($"ALTER TABLE {table} RENAME TO away_{table}");
        (await host.RefreshAsync(refresh)).Expect(200);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Fifty_uses_at_once_get_the_same_successor(string from, string to, string tracked)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from, ("TrackTokens", tracked));
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));

        var replies = await Storm.OfAsync(50, _ => host.RefreshAsync(before.Text("refresh_token")!));

        Assert.All(replies, static reply => reply.Expect(200));
        Assert.Single(replies.Select(reply => reply.Text(to == S2 ? "access_token" : "refresh_token")).Distinct());
        Assert.Equal(1, await host.ExchangesAsync());
        Assert.Equal(1, await host.Sql.NumberAsync("SELECT generation FROM cancela_sessions"));
    }

    [Theory]
    [MemberData(nameof(Renewed))]
    public async Task Used_again_after_the_grace_period_it_ends_the_session(string from, string to, string tracked)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from, ("TrackTokens", tracked));
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));
        var former = before.Text("refresh_token")!;
        var after = (await host.RefreshAsync(former)).Expect(200);
        await host.AdvanceAsync(TimeSpan.FromSeconds(9));
        Assert.Equal(after.Text("refresh_token"), (await host.RefreshAsync(former)).Expect(200).Text("refresh_token"));
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await host.RefreshAsync(former)).Expect(401, "refresh_reused");

        (await host.RefreshAsync(after.Text("refresh_token")!)).Expect(401, "token_revoked");
        (await host.ShowTokenAsync(after.Text("access_token")!)).Expect(401, "token_revoked");
        (await host.ShowTokenAsync(before.Text("access_token")!)).Expect(401, "token_revoked");
        (await host.RefreshAsync(former)).Expect(401, "token_revoked");
        Assert.Equal(1, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'refresh_reuse'"));
        Assert.Equal(1, await host.ExchangesAsync());
    }

    [Theory]
    [InlineData(S3, S4)]
    [InlineData(S4, S3)]
    public async Task Without_grace_one_of_fifty_succeeds_and_the_session_ends_for_reuse(string from, string to)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from);
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("Refresh:Grace", "00:00:00"));

        var replies = await Storm.OfAsync(50, _ => host.RefreshAsync(before.Text("refresh_token")!));

        Assert.Single(replies, static reply => (int)reply.Status == 200);
        Assert.Contains(replies, static reply => reply.Code == "refresh_reused");
        Assert.Equal(0, await host.Sql.CountAsync("cancela_sessions"));
    }

    [Fact]
    public async Task An_older_generation_of_rotation_is_reuse_at_the_exchange()
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, S4);
        var second = (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(200).Text("refresh_token")!;
        (await host.RefreshAsync(second)).Expect(200);
        host = await change.DuringAsync(("Token", S3), ("Former:Token", S4));

        (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(401, "refresh_reused");
        (await host.RefreshAsync(second)).Expect(401, "token_revoked");
    }

    // Two tabs refreshed as the nodes were replaced: the rotation that the old node made is what the new one repeats.
    [Fact]
    public async Task A_rotation_just_before_the_change_is_repeated_within_its_grace()
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, S4);
        var second = (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(200).Text("refresh_token")!;
        host = await change.DuringAsync(("Token", S3), ("Former:Token", S4));

        Assert.Equal(second, (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(200).Text("refresh_token"));
        (await host.RefreshAsync(second)).Expect(200);
    }

    [Theory]
    [InlineData(S3)]
    [InlineData(S4)]
    public async Task A_single_token_is_given_again_and_not_prolonged_however_often_the_former_one_is_shown(string from)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from);
        host = await change.DuringAsync(("Token", S2), ("Former:Token", from));
        var former = before.Text("refresh_token")!;
        var single = (await host.RefreshAsync(former)).Expect(200).Text("access_token")!;

        await host.AdvanceAsync(TimeSpan.FromHours(20));
        Assert.Equal(single, (await host.RefreshAsync(former)).Expect(200).Text("access_token"));
        await host.AdvanceAsync(TimeSpan.FromHours(4));

        (await host.RefreshAsync(former)).Expect(401, "token_revoked");
        (await host.ShowTokenAsync(single)).Expect(401, "token_expired");
        Assert.Equal(0, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'refresh_reuse'"));
    }

    [Theory]
    [InlineData(S3)]
    [InlineData(S4)]
    public async Task A_single_token_from_before_goes_on_until_it_expires(string to)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, S2);
        var token = before.Text("access_token")!;
        host = await change.DuringAsync(("Token", to), ("Former:Token", S2));

        (await host.RefreshAsync(token)).Expect(401, "token_wrong_type");
        await host.AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await host.ShowTokenAsync(token)).Expect(200);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await host.ShowTokenAsync(token)).Expect(401, "token_expired");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task After_the_window_it_is_malformed_like_any_other_strategys(string from, string to, string tracked)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from, ("TrackTokens", tracked));
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));
        await host.AdvanceAsync(Change.Length);

        (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(401, to == S2 ? "token_wrong_type" : "token_malformed");
        Assert.Equal(0, await host.ExchangesAsync());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_access_token_is_never_exchanged(string from, string to, string tracked)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from, ("TrackTokens", tracked));
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));

        (await host.RefreshAsync(before.Text("access_token")!)).Expect(401, "token_wrong_type");
        Assert.Equal(0, await host.ExchangesAsync());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_narrowed_sign_in_stays_narrow(string from, string to, string tracked)
    {
        await using var change = new Change();
        var host = await change.BeforeAsync(("Token", from), ("TrackTokens", tracked));
        using var client = host.Client();
        await host.AdministratorAsync(client, Person.Ada);
        var narrow = (await client.FormAsync("/auth/token", ("username", Person.Ada), ("password", Person.Password), ("scope", "account"))).Expect(200);
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));

        var after = (await host.RefreshAsync(narrow.Text("refresh_token")!)).Expect(200);

        Assert.Equal("account", after.Text("scope"));
        (await host.ShowTokenAsync(after.Text("access_token")!, "/users")).Expect(403, "insufficient_scope");
        if (to == S2) return;
        Assert.Equal("account", (await host.RefreshAsync(after.Text("refresh_token")!)).Expect(200).Text("scope"));
    }

    [Theory]
    [InlineData(S3, S4, "true")]
    [InlineData(S3, S4, "false")]
    [InlineData(S4, S3, "true")]
    public async Task A_changed_account_is_asked_to_sign_in_where_the_former_strategy_asked(string from, string to, string tracked)
    {
        await using var change = new Change();
        var host = await change.BeforeAsync(("Token", from), ("TrackTokens", tracked));
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada)).Id();
        var former = (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
        await host.ChangeAsync(id, new AccountChange { Role = Roles.Administrator });
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));

        var after = await host.RefreshAsync(former);

        if (from == S3) after.Expect(401, "token_superseded");
        else Assert.Equal("ADMIN", Jot.Read(after.Expect(200).Text("access_token")).Text("role"));
    }

    [Theory]
    [InlineData(S3, S4, "closed", "token_superseded")]
    [InlineData(S4, S3, "closed", "token_revoked")]
    [InlineData(S3, S4, "deleted", "user_not_found")]
    [InlineData(S4, S3, "deleted", "user_not_found")]
    public async Task A_closed_or_deleted_account_exchanges_nothing(string from, string to, string how, string code)
    {
        foreach (var tracked in new[] { "true", "false" })
        {
            await using var change = new Change();
            var (host, before) = await SignedInAsync(change, from, ("TrackTokens", tracked));
            host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));
            await host.Sql.RunAsync(how == "closed" ? "UPDATE cancela_accounts SET status = 'closed'" : "PRAGMA foreign_keys = ON; DELETE FROM cancela_accounts");

            // Whether or not the node has heard of it.
            (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(401);
            await host.AdvanceAsync(TimeSpan.FromSeconds(1));
            (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(401, code);
            Assert.Equal(0, await host.ExchangesAsync());
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_was_signed_out_before_the_change_opens_nothing(string from, string to, string tracked)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from, ("TrackTokens", tracked));
        await host.LogOutAsync(token: before.Text("access_token"));
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));

        (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(401, "token_revoked");
        Assert.Equal(0, await host.Sql.CountAsync("cancela_sessions"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_logout_with_the_former_token_ends_what_it_was_exchanged_for(string from, string to, string tracked)
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, from, ("TrackTokens", tracked));
        host = await change.DuringAsync(("Token", to), ("Former:Token", from), ("TrackTokens", tracked));
        var after = (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(200);

        await host.LogOutAsync(token: before.Text("refresh_token"));

        (await host.ShowTokenAsync(after.Text("access_token")!)).Expect(401, "token_revoked");
        if (to != S2) (await host.RefreshAsync(after.Text("refresh_token")!)).Expect(401, "token_revoked");
        (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(401, "token_revoked");
    }

    [Fact]
    public async Task A_change_that_is_taken_back_takes_the_tokens_back_and_still_tells_reuse()
    {
        await using var change = new Change();
        var (host, before) = await SignedInAsync(change, S4);
        host = await change.DuringAsync(("Token", S3), ("Former:Token", S4));
        var stateless = (await host.RefreshAsync(before.Text("refresh_token")!)).Expect(200).Text("refresh_token")!;
        host = await change.DuringAsync(("Token", S4), ("Former:Token", S3));
        var rotating = (await host.RefreshAsync(stateless)).Expect(200).Text("refresh_token")!;
        var next = (await host.RefreshAsync(rotating)).Expect(200).Text("refresh_token")!;

        // Two behind, though within the grace period.
        (await host.RefreshAsync(stateless)).Expect(401, "refresh_reused");
        (await host.RefreshAsync(next)).Expect(401, "token_revoked");
    }

    private static async Task<(CancelaHost Host, Reply Tokens)> SignedInAsync(Change change, string strategy, params (string, string)[] settings)
    {
        var host = await change.BeforeAsync([("Token", strategy), .. settings]);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        return (host, await client.TokenAsync(Person.Ada));
    }
}
