using Cancela.Tests.House;
using Xunit;

namespace Cancela.Tests.Host;

/// <summary><c>samples/minimal-api</c>, started as its reader would start it.</summary>
public sealed class The_minimal_sample
{
    // …/bin/<configuration>/net10.0: as the tests were built, so was the program.
    private static readonly string Program = Path.Combine(
        Repository.Root, "samples", "minimal-api", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "MinimalApi.dll");

    [Fact]
    public async Task It_does_what_its_page_says()
    {
        using var folder = new ServerFolder("Development", withSecret: false);
        await using var sample = await ServerProcess.StartAsync(folder.Path, environment: folder.Environment, program: Program);
        using var nobody = new TestClient(sample.Address);
        foreach (var path in new[] { "/hello", "/id", "/orders", "/report", "/report/old" }) (await nobody.GetAsync(path)).Expect(401, "not_authenticated");

        using var browser = new TestClient(sample.Address);
        var user = await browser.RegisterAsync(Person.Ada);
        await browser.LoginAsync(Person.Ada);
        await ExpectUserAsync(browser, user.GetProperty("id").GetString()!);

        using var program = new TestClient(sample.Address);
        await program.TokenAsync(Person.Ada);
        await ExpectUserAsync(program, user.GetProperty("id").GetString()!);

        using var narrow = new TestClient(sample.Address);
        narrow.Bearer = (await narrow.FormAsync("/auth/token", ("username", Person.Ada), ("password", Person.Password), ("scope", "account")))
            .Expect(200).Text("access_token");
        (await narrow.GetAsync("/hello")).Expect(200);
        var refused = (await narrow.GetAsync("/orders")).Expect(403, "insufficient_scope");
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"orders:read\"", refused.Header("WWW-Authenticate"));

        // As docs/operations.md has it: an operator's plain SQL.
        await new RawSql(Path.Combine(folder.Path, "data", "app.db")).RunAsync("UPDATE cancela_accounts SET role = 'ADMIN' WHERE email_key = @email", ("email", Person.Ada));
        using var administrator = new TestClient(sample.Address);
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
}
