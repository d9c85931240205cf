using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S4: "typed access + refresh, both renewed", in profile <c>refresh-rotation</c>.</summary>
[OnEachStore]
public sealed partial class S4_refresh_rotation(RefreshRotationProfile fixture) : Walk(fixture), IClassFixture<RefreshRotationProfile>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>"Access 30 minutes, claim <c>type: "access"</c>".</summary>
    [Fact]
    public async Task The_access_token_lives_30_minutes_and_is_typed()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var client = program;
        var token = Jot.Read(reply.Text("access_token"));
        Assert.True(token.IsSignedByUs);
        Assert.Equal(("access", TimeSpan.FromMinutes(30)), (token.Text("type"), token.Life));
        Assert.Equal(person.Id, token.Id("sub"));
        await Host.AdvanceAsync(TimeSpan.FromMinutes(30) - Second);
        (await client.GetAsync("/auth/me")).Expect(200);
        await Host.AdvanceAsync(Second);
        (await client.GetAsync("/auth/me")).Expect(401, "token_expired");
    }

    /// <summary>"refresh 7 days, claim <c>type: "refresh"</c>".</summary>
    [Fact]
    public async Task The_refresh_token_lives_7_days_and_is_typed()
    {
        var (one, nearly) = await ProgramAsync(await SomebodyAsync());
        var (two, late) = await ProgramAsync(await SomebodyAsync());
        using var first = one;
        using var second = two;
        var token = Jot.Read(nearly.Text("refresh_token"));
        Assert.True(token.IsSignedByUs);
        Assert.Equal(("refresh", Week), (token.Text("type"), token.Life));
        await Host.AdvanceAsync(Week - Second);
        (await RefreshAsync(first, nearly.Text("refresh_token"))).Expect(200);
        await Host.AdvanceAsync(Second);
        (await RefreshAsync(second, late.Text("refresh_token"))).Expect(401, "token_expired");
    }

    /// <summary>"<c>POST /auth/token</c>, form <c>username</c>, <c>password</c> → {"access_token", "refresh_token", "token_type": "bearer"} (plus expires_in)".</summary>
    [Fact]
    public async Task Token_answers_with_both_tokens()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var _ = program;
        Assert.Equal(["access_token", "refresh_token", "token_type", "expires_in", "scope"], Members(reply.Json));
        Assert.Equal("bearer", reply.Text("token_type"));
        Assert.Equal(1800, reply.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal("no-store", reply.Header("Cache-Control"));
    }

    /// <summary>"<c>POST /auth/refresh</c> with <c>Authorization: Bearer &lt;refresh_token&gt;</c> → a NEW access token and a NEW refresh token, same shape."</summary>
    [Fact]
    public async Task Refresh_gives_a_new_access_and_a_new_refresh_token_of_the_same_shape()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        await Host.AdvanceAsync(TimeSpan.FromMinutes(20));
        var renewed = (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        Assert.Equal(Members(reply.Json), Members(renewed.Json));
        Assert.Equal("bearer", renewed.Text("token_type"));
        Assert.NotEqual(reply.Text("access_token"), renewed.Text("access_token"));
        Assert.NotEqual(reply.Text("refresh_token"), renewed.Text("refresh_token"));

        var (access, refresh) = (Jot.Read(renewed.Text("access_token")), Jot.Read(renewed.Text("refresh_token")));
        Assert.True(access.IsSignedByUs && refresh.IsSignedByUs);
        Assert.Equal(("access", Seconds, Seconds + 1800), (access.Text("type"), access.Number("iat"), access.Number("exp")));
        Assert.Equal(("refresh", Seconds, Seconds + 604800), (refresh.Text("type"), refresh.Number("iat"), refresh.Number("exp")));
        (await ShowAsync(client, renewed.Text("access_token"))).Expect(200);
        (await RefreshAsync(client, renewed.Text("refresh_token"))).Expect(200);
    }

    /// <summary>The form of RFC 6749 section 6 does the same.</summary>
    [Fact]
    public async Task Refresh_also_takes_the_form()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        client.Bearer = null;
        var renewed = (await client.FormAsync("/auth/refresh", ("grant_type", "refresh_token"), ("refresh_token", reply.Text("refresh_token")!))).Expect(200);
        Assert.Equal(Members(reply.Json), Members(renewed.Json));
    }

    /// <summary>Whoever refreshes within the week stays signed in: this system has no other end.</summary>
    [Fact]
    public async Task Both_are_renewed_for_as_long_as_somebody_refreshes()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        for (var weeks = 0; weeks < 6; weeks++)
        {
            await Host.AdvanceAsync(Week - Second);
            reply = (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        }
    }

    /// <summary>"Checks that the user still exists", and reads what they may do now.</summary>
    [Fact]
    public async Task Refresh_checks_that_the_user_still_exists()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var client = program;
        using var administrator = await AdministratorAsync();
        (await administrator.PutAsync($"/users/{person.Id}", new { role = "ADMIN" })).Expect(200);
        (await client.GetAsync("/own")).Expect(401, "token_superseded");
        var renewed = (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        Assert.Equal("ADMIN", Jot.Read(renewed.Text("access_token")).Text("role"));
        (await ShowAsync(client, renewed.Text("access_token"), "/own/desk")).Expect(200);

        (await administrator.DeleteAsync($"/users/{person.Id}")).Expect(204);
        (await RefreshAsync(client, renewed.Text("refresh_token"))).Expect(401, "user_not_found");
    }

    /// <summary>A closed account is refreshed no more.</summary>
    [Fact]
    public async Task Refresh_refuses_a_closed_account()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var client = program;
        using var administrator = await AdministratorAsync();
        (await administrator.PutAsync($"/users/{person.Id}", new { status = "closed" })).Expect(200);
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(401, "token_revoked");
    }

    /// <summary>"A refresh token opens no protected route; an access token does not refresh."</summary>
    [Fact]
    public async Task A_refresh_token_opens_no_protected_route_and_an_access_token_does_not_refresh()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var client = program;
        foreach (var path in new[] { "/own", "/own/posts", "/auth/me", "/auth/sessions", $"/users/{person.Id}", "/users" })
            (await ShowAsync(client, reply.Text("refresh_token"), path)).Expect(401, "token_wrong_type");
        (await RefreshAsync(client, reply.Text("access_token"))).Expect(401, "token_wrong_type");
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
    }

    /// <summary>"<c>POST /register</c> is public; <c>GET /users</c>, <c>PUT /users/{id}</c>, <c>DELETE /users/{id}</c> are protected."</summary>
    [Fact]
    public async Task Register_is_public_and_users_are_protected()
    {
        var person = await SomebodyAsync();
        using var stranger = Host.Client();
        (await stranger.PostAsync("/register", new { email = $"new.{person.Email}", password = Person.Password })).Expect(201);
        (await stranger.GetAsync("/users")).Expect(401, "not_authenticated");
        (await stranger.GetAsync($"/users/{person.Id}")).Expect(401, "not_authenticated");
        (await stranger.PutAsync($"/users/{person.Id}", new { name = "Eve" })).Expect(401, "not_authenticated");
        (await stranger.DeleteAsync($"/users/{person.Id}")).Expect(401, "not_authenticated");
    }
}
