using Cancela.Tests.Contracts;
using Cancela.Tests.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cancela.Tests.Gate;

[OnEachStore]
public sealed class Step_up
{
    [Fact]
    public async Task What_needs_a_recent_sign_in_says_so_when_it_is_not()
    {
        await using var host = await StartAsync();
        using var client = host.Client();
        (await client.GetAsync("/transfer")).Expect(401, "not_authenticated");
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        (await client.GetAsync("/transfer")).Expect(200);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        var stale = (await client.GetAsync("/transfer")).Expect(401, "insufficient_user_authentication");
        Assert.Equal(
            "Bearer error=\"insufficient_user_authentication\", error_description=\"Confirm who you are: sign in again\", max_age=\"120\"", stale.Header("WWW-Authenticate"));
        (await client.GetAsync("/auth/me")).Expect(200);

        await client.LoginAsync(Person.Ada);
        (await client.GetAsync("/transfer")).Expect(200);
    }

    [Fact]
    public async Task A_refresh_is_no_sign_in()
    {
        await using var host = await StartAsync();
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var tokens = await client.TokenAsync(Person.Ada);
        (await client.GetAsync("/transfer")).Expect(200);
        await host.AdvanceAsync(TimeSpan.FromMinutes(3));
        client.Bearer = tokens.Text("refresh_token");
        client.Bearer = (await client.PostAsync("/auth/refresh")).Expect(200).Text("access_token");

        (await client.GetAsync("/auth/me")).Expect(200);
        (await client.GetAsync("/transfer")).Expect(401, "insufficient_user_authentication");
    }

    [Fact]
    public async Task What_needs_a_second_factor_is_closed_to_a_password_alone()
    {
        await using var host = await StartAsync();
        var ada = await Enrolled.AtAsync(host);
        // The browser that enrolled showed a password when it signed in.
        var lacking = (await ada.Client.GetAsync("/vault")).Expect(401, "second_factor_required");
        Assert.StartsWith("Bearer error=\"insufficient_user_authentication\"", lacking.Header("WWW-Authenticate"), StringComparison.Ordinal);

        (await ada.SignInAsync(ada.Client)).Expect(200);
        (await ada.Client.GetAsync("/vault")).Expect(200);
    }

    [Fact]
    public async Task Who_lacks_a_role_as_well_is_not_sent_to_sign_in_for_nothing()
    {
        await using var host = await StartAsync();
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        await host.AdvanceAsync(TimeSpan.FromMinutes(3));

        (await client.GetAsync("/administration")).Expect(403, "forbidden");
    }

    [Theory]
    [InlineData("POST", "/auth/totp")]
    [InlineData("POST", "/auth/totp/confirm")]
    [InlineData("DELETE", "/auth/totp")]
    [InlineData("POST", "/auth/recovery-codes")]
    [InlineData("DELETE", "/users/{own}")]
    [InlineData("DELETE", "/users/{other}")]
    [InlineData("DELETE", "/users/{other}/sessions")]
    [InlineData("DELETE", "/users/{other}/sessions/{other}")]
    [InlineData("PUT", "/users/{other}")]
    public async Task Credentials_and_other_people_are_touched_only_by_who_has_just_signed_in(string method, string path)
    {
        await using var host = await StartAsync();
        using var client = host.Client();
        using var bia = host.Client();
        var own = await host.AdministratorAsync(client, Person.Ada);
        var other = (await bia.RegisterAsync(Person.Bia)).GetProperty("id").GetGuid();
        await client.LoginAsync(Person.Ada);
        await host.AdvanceAsync(TimeSpan.FromMinutes(6));
        var address = path.Replace("{own}", own.ToString(), StringComparison.Ordinal).Replace("{other}", other.ToString(), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (method != "DELETE") request.Content = System.Net.Http.Json.JsonContent.Create(new { code = "123456", role = "ADMIN" });
        var refused = (await client.SendAsync(request)).Expect(401, "insufficient_user_authentication");

        Assert.EndsWith("max_age=\"300\"", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal("USER", (await host.Sql.ColumnAsync($"SELECT role FROM cancela_accounts WHERE email = '{Person.Bia}'")).Single());
    }

    private static Task<CancelaHost> StartAsync() => CancelaHost.StartAsync(configure: static app =>
    {
        app.MapGet("/transfer", static () => Results.Ok()).RequireRecent(TimeSpan.FromMinutes(2));
        app.MapGet("/vault", static () => Results.Ok()).RequireSecondFactor();
        app.MapGet("/administration", static () => Results.Ok()).RequireRecent(TimeSpan.FromMinutes(2)).RequireRole("ADMIN");
    });
}
