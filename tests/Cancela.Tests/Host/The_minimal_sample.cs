using Cancela.Sqlite;
using Cancela.Tests.House;
using Xunit;

namespace Cancela.Tests.Host;

/// <summary><c>samples/minimal-api</c>, started as its reader would start it.</summary>
public sealed class The_minimal_sample
{
    [Fact]
    public async Task It_does_what_its_page_says()
    {
        await using var sample = await ListeningProcess.StartAsync("samples/minimal-api", "MinimalApi");
        using var nobody = sample.Client();
        foreach (var path in new[] { "/hello", "/id", "/orders", "/report", "/report/old" }) (await nobody.GetAsync(path)).Expect(401, "not_authenticated");

        using var browser = sample.Client();
        var user = await browser.RegisterAsync(Person.Ada);
        await browser.LoginAsync(Person.Ada);
        await ExpectUserAsync(browser, user.GetProperty("id").GetString()!);

        using var program = sample.Client();
        await program.TokenAsync(Person.Ada);
        await ExpectUserAsync(program, user.GetProperty("id").GetString()!);

        using var narrow = sample.Client();
        narrow.Bearer = (await narrow.FormAsync("/auth/token", ("username", Person.Ada), ("password", Person.Password), ("scope", "account")))
            .Expect(200).Text("access_token");
        (await narrow.GetAsync("/hello")).Expect(200);
        var refused = (await narrow.GetAsync("/orders")).Expect(403, "insufficient_scope");
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"orders:read\"", refused.Header("WWW-Authenticate"));

        await PromoteAsync(sample.Folder);
        using var administrator = sample.Client();
        await administrator.LoginAsync(Person.Ada);
        Assert.Equal("For administrators", (await administrator.GetAsync("/report")).Expect(200).Body);
        Assert.Equal("For administrators", (await administrator.GetAsync("/report/old")).Expect(200).Body);
        (await administrator.DeleteAsync("/orders")).Expect(204);
    }

    [Fact]
    public void It_has_fewer_than_forty_lines() =>
        Assert.InRange(new SourceFile("samples/minimal-api/Program.cs").Lines.Length, 10, 39);

    private static async Task ExpectUserAsync(TestClient client, string id)
    {
        Assert.Equal($"Hello, {Person.Ada}", (await client.GetAsync("/hello")).Expect(200).Body);
        Assert.Equal(id, (await client.GetAsync("/id")).Expect(200).Body);
        Assert.Equal("""["bread","wine"]""", (await client.GetAsync("/orders")).Expect(200).Body);
        (await client.DeleteAsync("/orders")).Expect(403, "insufficient_scope");
        (await client.GetAsync("/report")).Expect(403, "forbidden");
        (await client.GetAsync("/report/old")).Expect(403, "forbidden");
    }

    // As docs/operations.md has it: an operator's plain SQL.
    private static async Task PromoteAsync(string folder)
    {
        await using var database = new SqliteDatabase(Path.Combine(folder, "data/app.db"), TimeProvider.System);
        await database.WriteAsync(new("UPDATE cancela_accounts SET role = 'ADMIN' WHERE email_key = @email", ("email", Person.Ada)), TestContext.Current.CancellationToken);
    }
}
