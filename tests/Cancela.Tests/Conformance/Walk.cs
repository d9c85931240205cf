using System.Text.Json;
using Cancela.Accounts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>What the walks through the five systems and the contract have in common.</summary>
public abstract class Walk(ProfileFixture fixture)
{
    private static int _people;

    private protected CancelaHost Host => fixture.Host;

    private protected RawSql Sql => Host.Sql;

    private protected DateTimeOffset Now => Host.Clock.GetUtcNow();

    /// <summary>Whole seconds, as tokens have them.</summary>
    private protected long Seconds => Now.ToUnixTimeSeconds();

    private protected Task<Somebody> SomebodyAsync(string role = "USER") => SomebodyAsync(Host, role);

    private protected static async Task<Somebody> SomebodyAsync(CancelaHost host, string role = "USER")
    {
        using var client = host.Client();
        var email = $"person.{Interlocked.Increment(ref _people)}@example.com";
        var id = role == Roles.Administrator ? await host.AdministratorAsync(client, email) : (await client.RegisterAsync(email)).GetProperty("id").GetGuid();
        return new Somebody(email, id);
    }

    /// <summary>Somebody's browser, signed in.</summary>
    private protected async Task<TestClient> BrowserAsync(Somebody person)
    {
        var browser = Host.Client();
        await browser.LoginAsync(person.Email);
        return browser;
    }

    /// <summary>Somebody's program, signed in, with what it was handed.</summary>
    private protected async Task<(TestClient Client, Reply Tokens)> ProgramAsync(Somebody person)
    {
        var program = Host.Client();
        return (program, await program.TokenAsync(person.Email));
    }

    /// <summary>An administrator's program.</summary>
    private protected async Task<TestClient> AdministratorAsync() => (await ProgramAsync(await SomebodyAsync("ADMIN"))).Client;

    /// <summary>How many statements the work sent to the database. What the node does beside the requests is over before.</summary>
    private protected async Task<long> StatementsAsync(Func<Task> work)
    {
        using var client = Host.Client();
        var before = Host.Database.Statements;
        for (var quiet = 0; quiet < 200; quiet++)
        {
            await client.GetAsync("/own/scheme");
            var now = Host.Database.Statements;
            if (now != before) quiet = 0;
            before = now;
        }
        // A reading of the log that began before time was moved may have ended last, and left the node blind: it would ask the store.
        await Host.AdvanceAsync(TimeSpan.Zero);
        before = Host.Database.Statements;
        await work();
        return Host.Database.Statements - before;
    }

    /// <summary>The answer of an attempt that is delayed: time passes for as long as it takes.</summary>
    private protected static async Task<Reply> MeanwhileAsync(CancelaHost host, Task<Reply> answer)
    {
        using var client = host.Client();
        for (var patience = 0; patience < 10_000 && !answer.IsCompleted; patience++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(20));
            await client.GetAsync("/.well-known/jwks.json");
        }
        return await answer;
    }

    private protected static Task<Reply> RefreshAsync(TestClient client, string? refreshToken)
    {
        client.Bearer = refreshToken;
        return client.PostAsync("/auth/refresh");
    }

    private protected static async Task<Reply> ShowAsync(TestClient client, string? token, string path = "/auth/me")
    {
        client.Bearer = token;
        return await client.GetAsync(path);
    }

    /// <summary>The refusal in Portuguese, in English, and as a code for programs.</summary>
    private protected static async Task RefusedAsync(TestClient client, Func<Task<Reply>> ask, string code, string portuguese, string english)
    {
        foreach (var (language, sentence) in new[] { ("", portuguese), ("pt-BR", portuguese), ("en", english), ("en-GB,en;q=0.9", english) })
        {
            if (language.Length > 0) client.Headers["Accept-Language"] = language;
            var reply = await ask();
            client.Headers.Remove("Accept-Language");
            reply.Expect(401, code);
            Assert.Equal(sentence, reply.Text("detail"));
            Assert.Equal(401, reply.Json.GetProperty("status").GetInt32());
        }
    }

    private protected static IEnumerable<string> Members(JsonElement json) => json.EnumerateObject().Select(member => member.Name);

    private protected async Task<IReadOnlyList<string>> EventsOfAsync(Somebody person) =>
        [.. (await Sql.ReadAsync("SELECT event, outcome FROM cancela_audit WHERE account_id = @id ORDER BY id", ("id", person.Id)))
            .Select(row => $"{row["event"]} {row["outcome"]}")];
}
