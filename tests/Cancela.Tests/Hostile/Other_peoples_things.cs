using Cancela.Credentials.Passwords;
using Cancela.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Somebody asks for what is not theirs, by identifier or by a member that the contract does not give them.</summary>
[OnEachStore]
public sealed class Other_peoples_things(HostileHost fixture) : IClassFixture<HostileHost>
{
    [Fact]
    public async Task Are_out_of_reach_by_their_identifiers_and_nothing_is_written()
    {
        using var victim = fixture.Host.Client();
        using var thief = fixture.Host.Client();
        var (id, _) = await SignedInAsync(victim);
        await SignedInAsync(thief);
        var session = (await victim.GetAsync("/auth/me")).Expect(200).Json.GetProperty("session").GetProperty("id").GetGuid();
        var rows = await fixture.Host.RowsAsync();
        (await thief.GetAsync($"/users/{id}")).Expect(403, "forbidden");
        (await thief.PutAsync($"/users/{id}", new { name = "x" })).Expect(403, "forbidden");
        (await thief.DeleteAsync($"/users/{id}")).Expect(403, "forbidden");
        (await thief.DeleteAsync($"/auth/sessions/{session}")).Expect(404, "not_found");
        (await thief.GetAsync($"/users/{id}/sessions")).Expect(403, "forbidden");
        (await thief.DeleteAsync($"/users/{id}/sessions")).Expect(403, "forbidden");
        (await thief.DeleteAsync($"/users/{id}/sessions/{session}")).Expect(403, "forbidden");
        // Who exists cannot be found out.
        (await thief.GetAsync($"/users/{Guid.CreateVersion7()}")).Expect(403, "forbidden");
        Assert.Equal(rows, await fixture.Host.RowsAsync());
        (await victim.GetAsync("/auth/me")).Expect(200);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("00000000-0000-0000-0000-00000000000g")]
    [InlineData("1%20OR%201=1")]
    [InlineData("%27;DROP%20TABLE%20cancela_accounts;--")]
    public async Task An_identifier_that_is_none_is_not_found(string id)
    {
        using var client = fixture.Host.Client();
        await SignedInAsync(client);
        foreach (var path in new[] { $"/users/{id}", $"/auth/sessions/{id}", $"/users/{id}/sessions", $"/users/{Guid.CreateVersion7()}/sessions/{id}" })
            Harmless.Check((await client.DeleteAsync(path)).Expect(404, "not_found"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=201")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("limit=1&limit=2")]
    [InlineData("limit=1e2")]
    [InlineData("after=abc")]
    [InlineData("after=' OR 1=1")]
    public async Task A_page_that_cannot_be_is_invalid(string query)
    {
        using var client = fixture.Host.Client();
        var email = Provocations.NewEmail();
        await fixture.Host.AdministratorAsync(client, email);
        await client.TokenAsync(email);
        Harmless.Check((await client.GetAsync($"/users?{query}")).Expect(422, "validation_failed"));
    }

    [Fact]
    public async Task Members_that_are_not_the_caller_s_are_ignored_at_registration_and_refused_afterwards()
    {
        using var client = fixture.Host.Client();
        var (email, planted) = (Provocations.NewEmail(), Guid.CreateVersion7());
        var user = (await client.PostAsync("/register", new
        {
            email, password = Person.Password, role = "ADMIN", status = "closed", id = planted, email_verified = true, version = 99, scopes = new[] { "admin" },
        })).Expect(201).Json.GetProperty("user");
        Assert.NotEqual(planted, user.Id());
        Assert.Equal("USER", user.GetProperty("role").GetString());
        Assert.False(user.GetProperty("email_verified").GetBoolean());
        await client.TokenAsync(email);
        (await client.PutAsync($"/users/{user.Id()}", new { role = "ADMIN" })).Expect(403, "forbidden");
        (await client.PutAsync($"/users/{user.Id()}", new { status = "active" })).Expect(403, "forbidden");
        (await client.PutAsync($"/users/{user.Id()}", new { email_verified = true, id = planted, version = 9 })).Expect(200);
        var after = (await client.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user");
        Assert.Equal(user.GetRawText(), after.GetRawText());
        (await client.FormAsync("/auth/token", ("username", email), ("password", Person.Password), ("scope", "account admin"))).Expect(400, "invalid_scope");
    }

    [Theory]
    [InlineData("a\0b@example.com")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a\u202E@example.com")]
    [InlineData("a@b@example.com")]
    public async Task An_address_that_would_break_a_line_is_refused_and_signs_nobody_in(string email)
    {
        using var client = fixture.Host.Client();
        (await client.PostAsync("/register", new { email, password = Person.Password })).Expect(422, "validation_failed");
        (await client.PostAsync("/register", new { email = Provocations.NewEmail(), password = Person.Password, name = "a\0b\r\nc" })).Expect(422, "validation_failed");
        (await client.PostAsync("/auth/login", new { email, password = "x\0y" })).Expect(401, "invalid_credentials");
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_look_and_cost_alike()
    {
        using var client = fixture.Host.Client();
        var email = Provocations.NewEmail();
        await client.RegisterAsync(email);
        var hasher = fixture.Host.Services.GetRequiredService<PasswordHasher>();
        var seen = new List<string>();
        foreach (var address in new[] { email, Provocations.NewEmail() })
        {
            var before = hasher.Completed;
            var reply = (await client.PostAsync("/auth/login", new { email = address, password = "outra senha qualquer" })).Expect(401, "invalid_credentials");
            Assert.Equal(1, hasher.Completed - before);
            var headers = reply.Headers.Where(static header => header.Key != "Date").Select(static header => $"{header.Key}: {header.Value}").Order();
            seen.Add(string.Join('\n', headers) + reply.Body.Replace(reply.Text("trace_id")!, "", StringComparison.Ordinal));
        }
        Assert.Single(seen.Distinct());
    }

    private static async Task<(Guid Id, string Email)> SignedInAsync(TestClient client)
    {
        var email = Provocations.NewEmail();
        var id = (await client.RegisterAsync(email)).Id();
        await client.TokenAsync(email);
        return (id, email);
    }
}
