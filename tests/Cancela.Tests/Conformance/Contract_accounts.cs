using System.Text.Json;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>The contract's "Accounts".</summary>
[OnEachStore]
public sealed class Contract_accounts(NoProfile fixture) : Walk(fixture), IClassFixture<NoProfile>
{
    /// <summary>"<c>POST /register</c> {email, password, name?} → 201 {user}. Unknown members are ignored; <c>role</c> cannot be set here."</summary>
    [Fact]
    public async Task Register_answers_with_the_user_and_ignores_a_role()
    {
        using var client = Host.Client();
        var reply = await client.PostAsync("/register", new { email = "Joana@Example.com", password = Person.Password, name = "Joana", role = "ADMIN", unknown = 1 });
        Assert.Equal(["user"], Members(reply.Expect(201).Json));
        var user = reply.Json.GetProperty("user");
        Assert.Equal(["id", "email", "email_verified", "name", "role", "scopes", "created_at"], Members(user));
        Assert.Equal(("Joana@Example.com", "Joana", "USER"), (Text(user, "email"), Text(user, "name"), Text(user, "role")));
        Assert.False(user.GetProperty("email_verified").GetBoolean());
        Assert.Equal(["account"], user.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal(Now, user.GetProperty("created_at").GetDateTimeOffset());
        Assert.DoesNotContain("argon2", reply.Body, StringComparison.Ordinal);
    }

    /// <summary>"otherwise 201 or 409 <c>email_taken</c>", whatever the spelling.</summary>
    [Fact]
    public async Task An_address_is_taken_once()
    {
        var person = await SomebodyAsync();
        using var client = Host.Client();
        (await client.PostAsync("/register", new { email = person.Email.ToUpperInvariant(), password = Person.Password })).Expect(409, "email_taken");
    }

    /// <summary>"<c>GET /users?after=&amp;limit=</c> (ADMIN, keyset pages {items, next})".</summary>
    [Fact]
    public async Task Administrators_page_through_the_users()
    {
        var people = new List<Guid>();
        for (var i = 0; i < 5; i++) people.Add((await SomebodyAsync()).Id);
        using var administrator = await AdministratorAsync();
        var seen = new List<Guid>();
        for (var path = "/users?limit=2"; ;)
        {
            var page = (await administrator.GetAsync(path)).Expect(200).Json;
            Assert.Equal(["items", "next"], Members(page));
            var items = page.GetProperty("items").EnumerateArray().Select(user => user.GetProperty("id").GetGuid()).ToList();
            seen.AddRange(items);
            if (page.GetProperty("next").ValueKind == JsonValueKind.Null) break;
            Assert.Equal(2, items.Count);
            path = $"/users?limit=2&after={page.GetProperty("next").GetGuid()}";
        }
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(people.Order(), seen.Where(people.Contains).Order());
        Assert.Equal(await Sql.CountAsync("cancela_accounts"), seen.Count);
        (await administrator.GetAsync("/users?limit=0")).Expect(422, "validation_failed");
        (await administrator.GetAsync("/users?after=x")).Expect(422, "validation_failed");
    }

    /// <summary>"<c>GET|PUT|DELETE /users/{id}</c> (self or ADMIN …)".</summary>
    [Fact]
    public async Task An_account_is_its_owners_and_the_administrators()
    {
        var (person, other) = (await SomebodyAsync(), await SomebodyAsync());
        var (program, _) = await ProgramAsync(person);
        using var owner = program;
        using var administrator = await AdministratorAsync();
        Assert.Equal(person.Email, Text((await owner.GetAsync($"/users/{person.Id}")).Expect(200).Json.GetProperty("user"), "email"));
        (await administrator.GetAsync($"/users/{person.Id}")).Expect(200);
        foreach (var id in new[] { other.Id, Guid.CreateVersion7() })
        {
            (await owner.GetAsync($"/users/{id}")).Expect(403, "forbidden");
            (await owner.PutAsync($"/users/{id}", new { name = "x" })).Expect(403, "forbidden");
            (await owner.DeleteAsync($"/users/{id}")).Expect(403, "forbidden");
        }
        (await owner.GetAsync("/users")).Expect(403, "forbidden");
        (await administrator.GetAsync($"/users/{Guid.CreateVersion7()}")).Expect(404, "not_found");
    }

    /// <summary>"<c>role</c> and <c>status</c> ADMIN only".</summary>
    [Fact]
    public async Task Role_and_status_are_the_administrators_to_change()
    {
        var person = await SomebodyAsync();
        var (program, _) = await ProgramAsync(person);
        using var owner = program;
        (await owner.PutAsync($"/users/{person.Id}", new { role = "ADMIN", name = "x" })).Expect(403, "forbidden");
        (await owner.PutAsync($"/users/{person.Id}", new { status = "closed" })).Expect(403, "forbidden");
        Assert.Equal(JsonValueKind.Null, (await owner.GetAsync($"/users/{person.Id}")).Json.GetProperty("user").GetProperty("name").ValueKind);

        using var administrator = await AdministratorAsync();
        Assert.Equal("ADMIN", Text((await administrator.PutAsync($"/users/{person.Id}", new { role = "ADMIN" })).Expect(200).Json.GetProperty("user"), "role"));
        (await administrator.PutAsync($"/users/{person.Id}", new { role = "KING" })).Expect(422, "validation_failed");
        (await administrator.PutAsync($"/users/{person.Id}", new { status = "closed" })).Expect(200);
        using var client = Host.Client();
        (await client.PostAsync("/auth/login", new { email = person.Email, password = Person.Password })).Expect(403, "account_closed");
        (await client.PostAsync("/auth/login", new { email = person.Email, password = "errada errada" })).Expect(401, "invalid_credentials");
    }

    /// <summary>"changing one's own e-mail or password needs the current password or a fresh sign-in".</summary>
    [Theory]
    [InlineData("email")]
    [InlineData("password")]
    public async Task What_signs_in_is_changed_with_the_current_password_or_a_fresh_sign_in(string field)
    {
        var person = await SomebodyAsync();
        var value = field == "email" ? $"new.{person.Email}" : "outra frase bem comprida";
        using var browser = await BrowserAsync(person);
        await Host.AdvanceAsync(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        var path = $"/users/{person.Id}";
        var missing = (await browser.PutAsync(path, new Dictionary<string, string> { [field] = value })).Expect(422, "validation_failed");
        Assert.Equal(["current_password"], Members(missing.Json.GetProperty("errors")));
        (await browser.PutAsync(path, new Dictionary<string, string> { [field] = value, ["current_password"] = "errada errada" })).Expect(401, "invalid_credentials");

        var before = browser.Cookies.Single();
        var thief = Host.Client();
        thief.Cookies[before.Key] = before.Value;
        (await browser.PutAsync(path, new Dictionary<string, string> { [field] = value, ["current_password"] = Person.Password })).Expect(200);
        Assert.NotEqual(before.Value, browser.Cookies.Single().Value);
        (await browser.GetAsync("/auth/me")).Expect(200);
        (await thief.GetAsync("/auth/me")).Expect(401, "session_invalid");

        var (email, password) = field == "email" ? (value, Person.Password) : (person.Email, value);
        using var again = Host.Client();
        await again.LoginAsync(email, password);
        (await again.PutAsync(path, new { password = "mais uma frase comprida" })).Expect(200);
    }

    /// <summary>"<c>POST /auth/password/change</c> {current_password, new_password}": every other sign-in ends.</summary>
    [Fact]
    public async Task A_changed_password_ends_every_other_sign_in()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        using var elsewhere = await BrowserAsync(person);
        var (program, tokens) = await ProgramAsync(person);
        using var client = program;
        (await browser.PostAsync("/auth/password/change", new { current_password = "errada errada", new_password = "outra frase comprida" })).Expect(401, "invalid_credentials");
        (await browser.PostAsync("/auth/password/change", new { current_password = Person.Password, new_password = "outra frase comprida" })).Expect(204);
        (await browser.GetAsync("/own")).Expect(200);
        (await elsewhere.GetAsync("/own")).Expect(401, "session_invalid");
        (await client.GetAsync("/own")).Expect(401);
        (await RefreshAsync(client, tokens.Text("refresh_token"))).Expect(401, "token_revoked");
        using var again = Host.Client();
        (await again.PostAsync("/auth/login", new { email = person.Email, password = Person.Password })).Expect(401, "invalid_credentials");
        await again.LoginAsync(person.Email, "outra frase comprida");
    }

    /// <summary>"A deleted account's credentials are refused likewise": from that moment. Its address is free again.</summary>
    [Fact]
    public async Task A_deleted_account_is_gone_with_its_credentials()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        var (program, tokens) = await ProgramAsync(person);
        using var client = program;
        (await browser.GetAsync("/own")).Expect(200);
        var value = browser.Cookies.Single();
        var reply = (await browser.DeleteAsync($"/users/{person.Id}")).Expect(204);
        Assert.EndsWith("; Max-Age=0", Assert.Single(reply.SetCookies), StringComparison.Ordinal);
        browser.Cookies[value.Key] = value.Value;
        (await browser.GetAsync("/own")).Expect(401, "session_invalid");
        (await client.GetAsync("/own")).Expect(401, "user_not_found");
        (await RefreshAsync(client, tokens.Text("refresh_token"))).Expect(401, "user_not_found");
        using var next = Host.Client();
        Assert.NotEqual(person.Id, (await next.RegisterAsync(person.Email)).GetProperty("id").GetGuid());
    }

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();
}
