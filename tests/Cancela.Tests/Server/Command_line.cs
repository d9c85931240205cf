using Xunit;

namespace Cancela.Tests.Server;

/// <summary>The command line beside a server that runs on the same file.</summary>
public sealed class Command_line
{
    [Fact]
    public async Task The_first_administrator_is_made_by_it()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        var added = await Run(folder, ["users", "add", Person.Ada, "--admin", "--name", "Ada", "--password-stdin"], Person.Password);
        Assert.Contains($"{Person.Ada} is ADMIN", added.Output, StringComparison.Ordinal);
        using var client = new TestClient(server.Address);
        await client.TokenAsync(Person.Ada);
        (await client.GetAsync("/users")).Expect(200);

        Assert.Contains("ADMIN  active", (await Run(folder, ["users", "list"])).Output, StringComparison.Ordinal);
        Assert.Contains("users set-role ADA@example.com ADMIN", (await Refused(folder, ["users", "add", "ADA@example.com"], Person.Password)).Errors, StringComparison.Ordinal);
        Assert.Equal(1, await folder.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'registered' AND method = 'command_line'"));
    }

    [Theory]
    [InlineData("bia@example.com", "short", "at least 8 characters")]
    [InlineData("bia@example.com", "password1", "among the most used")]
    [InlineData("bia", "correto cavalo bateria", "Invalid email")]
    [InlineData("bia@example.com", null, "No password was given")]
    public async Task It_refuses_what_registration_refuses(string email, string? password, string sentence)
    {
        using var folder = new ServerFolder();
        var refused = await Refused(folder, ["users", "add", email], password);
        Assert.Contains(sentence, refused.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await folder.Sql.NumberAsync("SELECT count(*) FROM cancela_accounts"));
    }

    [Fact]
    public async Task A_running_server_refuses_what_it_ended()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var ada = new TestClient(server.Address);
        using var phone = new TestClient(server.Address);
        using var bia = new TestClient(server.Address);
        await ada.RegisterAsync(Person.Ada);
        await bia.RegisterAsync(Person.Bia);
        await ada.TokenAsync(Person.Ada);
        await phone.TokenAsync(Person.Ada);
        await bia.TokenAsync(Person.Bia);

        var id = (await ada.GetAsync("/auth/me")).Expect(200).Json.GetProperty("session").GetProperty("id").GetString()!;
        Assert.Contains(id, (await Run(folder, ["sessions", "list", Person.Ada])).Output, StringComparison.Ordinal);
        await Run(folder, ["sessions", "end", id]);
        await RefusedSoon(ada, 401, "token_revoked");
        (await phone.GetAsync("/auth/me")).Expect(200);

        Assert.Contains("Ended 1 sign-in.", (await Run(folder, ["sessions", "end", "--user", Person.Ada])).Output, StringComparison.Ordinal);
        await RefusedSoon(phone, 401, "token_revoked");

        await Run(folder, ["users", "close", Person.Bia]);
        await RefusedSoon(bia, 401);
        (await bia.PostAsync("/auth/login", new { email = Person.Bia, password = Person.Password })).Expect(403, "account_closed");
        await Run(folder, ["users", "open", Person.Bia]);
        await bia.LoginAsync(Person.Bia);
        bia.Bearer = null;
        Assert.Contains("Ended 1 sign-in.", (await Run(folder, ["sessions", "end", "--all"])).Output, StringComparison.Ordinal);
        await RefusedSoon(bia, 401, "session_invalid");

        Assert.Equal(4, await folder.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'session_ended' AND method = 'command_line'"));
        Assert.Equal(2, await folder.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'account_changed' AND method = 'command_line'"));
    }

    [Fact]
    public async Task A_role_changed_by_it_is_the_role_a_moment_later()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var ada = new TestClient(server.Address);
        await ada.RegisterAsync(Person.Ada);
        await ada.TokenAsync(Person.Ada);
        await Run(folder, ["users", "set-role", Person.Ada, "ADMIN"]);
        await RefusedSoon(ada, 401, "token_superseded");
        await ada.TokenAsync(Person.Ada);
        (await ada.GetAsync("/users")).Expect(200);

        Assert.Contains("no role 'KING'", (await Refused(folder, ["users", "set-role", Person.Ada, "KING"])).Errors, StringComparison.Ordinal);
        Assert.Contains("Nobody would be left", (await Refused(folder, ["users", "set-role", Person.Ada, "USER"])).Errors, StringComparison.Ordinal);
        Assert.Contains("no account", (await Refused(folder, ["users", "close", Person.Bia])).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_second_factor_is_taken_away_with_everything_that_was_handed_out()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var ada = new TestClient(server.Address);
        await ada.RegisterAsync(Person.Ada);
        await ada.LoginAsync(Person.Ada);
        Assert.Contains("has no second factor", (await Refused(folder, ["users", "reset-second-factor", Person.Ada])).Errors, StringComparison.Ordinal);
        var app = new Authenticator((await ada.PostAsync("/auth/totp")).Expect(200).Text("secret")!);
        (await ada.PostAsync("/auth/totp/confirm", new { code = await app.ShowAsync(TimeProvider.System.GetUtcNow()) })).Expect(200);
        using var another = new TestClient(server.Address);
        (await another.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(401, "second_factor_required");

        await Run(folder, ["users", "reset-second-factor", Person.Ada]);

        await RefusedSoon(ada, 401);
        await another.LoginAsync(Person.Ada);
        Assert.Equal(1, await folder.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'second_factor_removed' AND method = 'command_line'"));
    }

    [Fact]
    public async Task Another_secret_takes_over_and_one_that_was_a_key_itself_is_named()
    {
        using var folder = new ServerFolder();
        await using (var server = await folder.StartAsync())
        {
            using var ada = new TestClient(server.Address);
            await ada.RegisterAsync(Person.Ada);
        }
        var first = KeyLines((await Run(folder, ["keys", "list"])).Output).Single().Split(' ')[0];
        folder.Environment["Cancela__Signing__Secret"] = Cancela.Secrets.RootSecret.Generate();
        Assert.Contains("OtherSecrets", (await Refused(folder, ["keys", "reseal"])).Errors, StringComparison.Ordinal);

        folder.Environment["Cancela__Signing__OtherSecrets__0"] = TestSecret.Value;
        var said = (await Run(folder, ["keys", "reseal"])).Output;

        Assert.Contains("Encrypted anew: 1 signing keys, 0 TOTP secrets.", said, StringComparison.Ordinal);
        Assert.Contains($"{first} is a former secret itself", said, StringComparison.Ordinal);
        Assert.Equal(2, KeyLines((await Run(folder, ["keys", "list"])).Output).Count());
        folder.Environment.Remove("Cancela__Signing__OtherSecrets__0");
        await Run(folder, ["keys", "retire", "--", first]);
    }

    [Fact]
    public async Task A_retired_key_takes_its_tokens_with_it()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var ada = new TestClient(server.Address);
        await ada.RegisterAsync(Person.Ada);
        await ada.TokenAsync(Person.Ada);
        var first = KeyLines((await Run(folder, ["keys", "list"])).Output).Single().Split(' ')[0];
        Assert.Contains("rotate first", (await Refused(folder, ["keys", "retire", "--", first])).Errors, StringComparison.Ordinal);

        await Run(folder, ["keys", "rotate"]);
        (await ada.GetAsync("/auth/me")).Expect(200);
        await Run(folder, ["keys", "retire", "--", first]);
        await RefusedSoon(ada, 401);
        Assert.Contains(KeyLines((await Run(folder, ["keys", "list"])).Output), line => line.StartsWith(first, StringComparison.Ordinal) && line.Contains("retired", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("users")]
    [InlineData("users", "add")]
    [InlineData("users", "add", "ada@example.com", "--password", "visible to everybody")]
    [InlineData("sessions", "end")]
    [InlineData("sessions", "end", "--all", "--user", "ada@example.com")]
    [InlineData("sessions", "end", "not-an-id")]
    [InlineData("lab", "--seconds", "4")]
    [InlineData("lab", "--seconds", "soon")]
    [InlineData("lab", "--output")]
    [InlineData("lab", "quickly")]
    [InlineData("serve", "quickly")]
    [InlineData("--urls")]
    [InlineData("--admin")]
    [InlineData("--wrong")]
    [InlineData("serve", "--urls")]
    public async Task What_it_does_not_understand_ends_with_2_and_changes_nothing(params string[] arguments)
    {
        using var folder = new ServerFolder();
        var ended = await folder.RunAsync(arguments);
        Assert.Equal(2, ended.Code);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
        Assert.EndsWith("--help", ended.Errors.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(ended.Output);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("frobnicate", "'frobnicate' is not understood")]
    [InlineData("--wrong", "'--wrong' is not understood")]
    [InlineData("--urls", "--urls needs a value")]
    public async Task What_it_does_not_understand_is_named(string argument, string sentence)
    {
        using var folder = new ServerFolder();
        Assert.StartsWith(sentence, (await folder.RunAsync([argument])).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_calls_it_what_is_typed()
    {
        using var folder = new ServerFolder();
        folder.Environment["CANCELA_COMMAND"] = "./run";
        Assert.Contains("./run users add <email> [options]", (await folder.RunAsync(["users", "add", "--help"])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "sessions")]
    [InlineData("--version", "0.1.0")]
    public async Task It_explains_itself(string question, string answer)
    {
        using var folder = new ServerFolder();
        var ended = await folder.RunAsync([question]);
        Assert.Equal(0, ended.Code);
        Assert.Contains(answer, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_follows_the_settings_that_the_server_follows()
    {
        using var folder = new ServerFolder();
        await Run(folder, ["users", "add", Person.Ada, "--Cancela:Database", "sqlite:elsewhere/x.db"], Person.Password);
        Assert.True(File.Exists(Path.Combine(folder.Path, "elsewhere", "x.db")));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "data")));
    }

    private static IEnumerable<string> KeyLines(string output) => output.TrimEnd().Split('\n').Skip(1);

    private static async Task<Ended> Run(ServerFolder folder, string[] arguments, string? input = null)
    {
        var ended = await folder.RunAsync(arguments, input);
        Assert.True(ended.Code == 0, $"{string.Join(' ', arguments)} ended with {ended.Code}: {ended.Errors}");
        Assert.Empty(ended.Errors);
        return ended;
    }

    private static async Task<Ended> Refused(ServerFolder folder, string[] arguments, string? input = null)
    {
        var ended = await folder.RunAsync(arguments, input);
        Assert.Equal(1, ended.Code);
        return ended;
    }

    // Real time, since the server's clock is real: the promise is two seconds from the command's end.
    private static async Task RefusedSoon(TestClient client, int status, string? code = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        var reply = await client.GetAsync("/auth/me");
        while ((int)reply.Status == 200 && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(2)) reply = await client.GetAsync("/auth/me");
        reply.Expect(status);
        if (code is not null) Assert.Equal(code, reply.Code);
    }
}
