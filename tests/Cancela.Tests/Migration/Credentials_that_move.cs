using Xunit;

namespace Cancela.Tests.Migration;

/// <summary>What a server on SQLite handed out, a server on PostgreSQL takes; what was ended stays ended.</summary>
public sealed class Credentials_that_move
{
    // Each further one is delayed, and after twice as many nobody is let in.
    private const int Failures = 2;

    [Theory]
    [InlineData("refresh-rotation")]
    [InlineData("refresh-denylist")]
    public async Task They_go_on_and_what_was_revoked_stays_refused(string strategy)
    {
        await using var server = await MovedServer.StartAsync($"--Cancela:Token={strategy}", $"--Cancela:Limits:FailuresPerAccount={Failures}");
        using var browser = server.Client();
        using var phone = server.Client();
        using var ended = server.Client();
        using var leftPhone = server.Client();
        using var banned = server.Client();
        await browser.RegisterAsync(Person.Ada);
        await browser.RegisterAsync(Person.Bia);
        await browser.LoginAsync(Person.Ada);
        var tokens = await phone.TokenAsync(Person.Ada);
        await ended.LoginAsync(Person.Ada);
        var endedCookies = new Dictionary<string, string>(ended.Cookies);
        var endedTokens = await leftPhone.TokenAsync(Person.Ada);
        var bannedTokens = await banned.TokenAsync(Person.Bia);
        for (var i = 0; i < 2 * Failures; i++) await browser.PostAsync("/auth/login", new { email = "nobody@example.com", password = "wrong" + i });

        // Ahead, and what follows is only in the second run.
        Assert.Equal(0, (await server.MigrateAsync("--ahead")).Code);
        (await ended.PostAsync("/auth/logout")).Expect(204);
        (await leftPhone.PostAsync("/auth/logout")).Expect(204);
        Assert.Equal(0, (await server.RunAsync("users", "close", Person.Bia)).Code);
        Assert.Equal(0, (await server.RunAsync("keys", "rotate")).Code);
        phone.Bearer = tokens.Text("refresh_token");
        var second = (await phone.PostAsync("/auth/refresh")).Expect(200);
        // A server that runs is not left behind, and an unfinished copy is no database.
        Assert.Contains("in use", (await server.MigrateAsync()).Errors, StringComparison.Ordinal);
        Assert.Contains("not finished", (await server.RunOnTargetAsync("users", "list")).Errors, StringComparison.Ordinal);
        await server.StopAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(server.StartOnPostgresAsync);
        var moved = await server.MigrateAsync();
        Assert.True(moved.Code == 0, moved.Errors);
        Assert.Contains("cancela_accounts", moved.Output, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(server.StartOnSqliteAsync);
        await server.StartOnPostgresAsync();

        (await browser.GetAsync("/auth/me")).Expect(200);
        using var again = server.Client(second.Text("access_token"));
        (await again.GetAsync("/auth/me")).Expect(200);
        again.Bearer = strategy == "refresh-rotation" ? second.Text("refresh_token") : tokens.Text("refresh_token");
        var third = (await again.PostAsync("/auth/refresh")).Expect(200);
        again.Bearer = third.Text("access_token");
        (await again.GetAsync("/auth/me")).Expect(200);

        using var refused = server.Client(cookies: endedCookies);
        (await refused.GetAsync("/auth/me")).Expect(401, "session_invalid");
        foreach (var dead in new[] { endedTokens, bannedTokens })
        {
            using var former = server.Client(dead.Text("access_token"));
            (await former.GetAsync("/auth/me")).Expect(401);
            former.Bearer = dead.Text("refresh_token");
            (await former.PostAsync("/auth/refresh")).Expect(401);
        }
        (await browser.PostAsync("/auth/login", new { email = "nobody@example.com", password = Person.Password })).Expect(429);
        await browser.LoginAsync(Person.Ada);

        Assert.Equal(2, (await server.RunOnTargetAsync("keys", "list")).Output.Split('\n').Count(static line => line.Contains("verifies", StringComparison.Ordinal) || line.Contains("signs", StringComparison.Ordinal)));
        Assert.Superset((await Rows.OfAsync(server.Source, "cancela_audit")).ToHashSet(), (await Rows.OfAsync(server.Target, "cancela_audit")).ToHashSet());
    }

    [Theory]
    [InlineData("sqlite:nowhere.db", "postgres:Host=127.0.0.1;Database=x;Password=hush-hush", 1, "There is no file")]
    [InlineData("postgres:Host=127.0.0.1;Database=x;Password=hush-hush", "sqlite:there.db", 2, "--from takes")]
    [InlineData("sqlite:nowhere.db", "postgres:Password=hush-hush", 2, "--to takes")]
    public async Task What_cannot_be_done_is_said_and_no_password_with_it(string from, string to, int code, string sentence)
    {
        using var folder = new ServerFolder();
        var refused = await folder.RunAsync(["migrate", "--from", from, "--to", to]);
        Assert.Equal(code, refused.Code);
        Assert.Contains(sentence, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", refused.Output + refused.Errors, StringComparison.Ordinal);
    }
}
