using Cancela.Tests.Conformance;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>A credential is worth no more than what it was issued for: not a scope, not a second.</summary>
public sealed class Narrow_stays_narrow
{
    private const string Cookie = "__Host-session_id";

    [Fact]
    public async Task A_narrowed_token_in_the_cookie_is_renewed_narrow()
    {
        await using var host = await CancelaHost.StartAsync("jwt-cookie");
        using var client = host.Client();
        var id = await host.AdministratorAsync(client, Person.Ada);
        var token = await client.FormAsync("/auth/token", ("username", Person.Ada), ("password", Person.Password), ("scope", "account"));
        Assert.Equal("account", token.Expect(200).Text("scope"));
        client.Cookies[Cookie] = token.Text("access_token")!;
        (await client.GetAsync("/users")).Expect(403, "insufficient_scope");

        (await client.PutAsync($"/users/{id}", new { email = "ada@example.org" })).Expect(200);

        Assert.NotEqual(token.Text("access_token"), client.Cookies[Cookie]);
        (await client.GetAsync("/users")).Expect(403, "insufficient_scope");
        Assert.Equal("account", Jot.Read(client.Cookies[Cookie]).Text("scope"));
    }

    [Fact]
    public async Task A_cookie_that_was_not_narrowed_is_renewed_whole()
    {
        await using var host = await CancelaHost.StartAsync("jwt-cookie");
        using var client = host.Client();
        var id = await host.AdministratorAsync(client, Person.Ada);
        await client.LoginAsync(Person.Ada);
        (await client.PutAsync($"/users/{id}", new { email = "ada@example.org" })).Expect(200);
        (await client.GetAsync("/users")).Expect(200);
    }

    [Fact]
    public async Task A_scope_taken_out_of_the_settings_is_not_granted_by_refresh()
    {
        await using var restarted = new RestartedHost("refresh-denylist");
        var before = await restarted.StartAsync(("Roles:USER:0", "posts:write"));
        using var client = before.Client();
        await client.RegisterAsync(Person.Ada);
        var token = await client.TokenAsync(Person.Ada);
        Assert.Contains("posts:write", token.Text("scope"), StringComparison.Ordinal);

        var after = await restarted.StartAsync();
        var renewed = (await after.RefreshAsync(token.Text("refresh_token")!)).Expect(200);

        Assert.Equal("account", renewed.Text("scope"));
        Assert.Equal("account", Jot.Read(renewed.Text("access_token")).Text("scope"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_closed_account_renews_nothing_within_the_grace(bool heard)
    {
        await using var host = await CancelaHost.StartAsync("refresh-rotation");
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var first = (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
        var second = (await host.RefreshAsync(first)).Expect(200).Text("refresh_token")!;

        Assert.Equal(1, await host.Sql.RunAsync("UPDATE cancela_accounts SET status = 'closed'"));
        if (heard) await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        foreach (var refresh in new[] { first, second })
            Assert.DoesNotContain("access_token", (await host.RefreshAsync(refresh)).Expect(401, "token_revoked").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_access_token_does_not_outlive_the_absolute_end_of_its_session()
    {
        await using var host = await CancelaHost.StartAsync(
            "refresh-rotation", new() { ["Session:Lifetime"] = "00:10:00", ["Session:AbsoluteLifetime"] = "00:20:00" });
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var first = await client.TokenAsync(Person.Ada);
        Assert.Equal(20 * 60, first.Json.GetProperty("expires_in").GetInt32());

        await host.AdvanceAsync(TimeSpan.FromMinutes(15));
        var second = (await host.RefreshAsync(first.Text("refresh_token")!)).Expect(200);
        Assert.Equal(5 * 60, second.Json.GetProperty("expires_in").GetInt32());

        await host.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await host.MeAsync(first.Text("access_token")!)).Expect(401, "token_expired");
        (await host.MeAsync(second.Text("access_token")!)).Expect(401, "token_expired");
    }
}
