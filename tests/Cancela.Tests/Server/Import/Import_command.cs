using Cancela.Tests.Credentials.Passwords.Foreign;
using Xunit;

namespace Cancela.Tests.Server.Import;

/// <summary><c>import</c>, as a process of its own, on a file.</summary>
public sealed class Import_command : IDisposable
{
    private readonly ServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Accounts_are_there_as_the_file_has_them()
    {
        await WriteAsync("users.csv", $""""
            email,password_hash,name,role,email_verified,created_at,phone
            Ada@Example.com,{KnownHashes.Bcrypt},"Ada, ""the first""",ADMIN,true,2019-05-31T12:00:00-03:00,1
            bia@example.com,,,,,,
            """");
        var ended = await ImportAsync(0, "users.csv");
        Assert.Contains("READ  IMPORTED  THERE  REFUSED", ended.Output, StringComparison.Ordinal);
        Assert.Contains("bcrypt: 1", ended.Output, StringComparison.Ordinal);
        Assert.Contains("without a password: 1", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Not read: phone.", ended.Output, StringComparison.Ordinal);

        var rows = await _folder.Sql.ReadAsync("SELECT * FROM cancela_accounts ORDER BY id");
        Assert.Equal("Ada@Example.com", rows[0]["email"]);
        Assert.Equal("ada@example.com", rows[0]["email_key"]);
        Assert.Equal("Ada, \"the first\"", rows[0]["name"]);
        Assert.Equal("ADMIN", rows[0]["role"]);
        Assert.Equal(1L, rows[0]["email_verified"]);
        Assert.Equal(KnownHashes.Bcrypt, rows[0]["password_hash"]);
        Assert.Equal(new DateTimeOffset(2019, 5, 31, 15, 0, 0, TimeSpan.Zero), RawSql.Time(rows[0]["created_at"]));
        Assert.Equal("USER", rows[1]["role"]);
        Assert.Equal(0L, rows[1]["email_verified"]);
        Assert.Null(rows[1]["password_hash"]);
        Assert.Null(rows[1]["name"]);
        Assert.Equal(2, await _folder.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'imported' AND method = 'command_line' AND account_id IN (SELECT id FROM cancela_accounts)"));
        Assert.False(File.Exists(At("users.csv.refused.jsonl")));
    }

    [Fact]
    public async Task Lines_that_are_refused_are_named_with_their_reason_and_nothing_of_theirs()
    {
        await WriteAsync("users.jsonl", $$"""
            {"email":"ada@example.com","password_hash":"{{KnownHashes.Bcrypt}}"}
            {"email":"no address","password_hash":"{{KnownHashes.Bcrypt}}"}
            {"password_hash":"{{KnownHashes.Bcrypt}}"}
            {"email":"bia@example.com","password_hash":"plainsecret"}
            {"email":"caio@example.com","password_hash":"$2b$31$abcdefghijklmnopqrstuupgcf15b9219fIC70pajSz7dGxuA2h.e"}
            {"email":"davi@example.com","password_hash":"{{KnownHashes.FirebaseOfPlain}}","password_salt":"{{KnownHashes.FirebaseSalt}}"}
            {"email":"ADA@example.com","password_hash":"{{KnownHashes.Passlib}}"}
            {"email":"eva@example.com","role":"KING","email_verified":"perhaps","created_at":"05/06/2024","name":"\u0001"}
            {"email":"fabio@example.com","created_at":"2999-01-01T00:00:00Z"}
            {"email":"gil@example.com","password_hash":"{{KnownHashes.Django}}"}
            not json
            """);
        var ended = await ImportAsync(1, "users.jsonl");
        Assert.Contains("users.jsonl.refused.jsonl", ended.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                """{"line":2,"field":"email","reason":"Invalid email"}""",
                """{"line":3,"field":"email","reason":"Enter the email"}""",
                """{"line":4,"field":"password_hash","reason":"No hash of a format that is verified here, or its costs are beyond the caps"}""",
                """{"line":5,"field":"password_hash","reason":"No hash of a format that is verified here, or its costs are beyond the caps"}""",
                """{"line":6,"field":"password_salt","reason":"A salt of its own belongs to a hash of Firebase, whose parameters were not given"}""",
                """{"line":7,"field":"email","reason":"Another account has this address"}""",
                """{"line":8,"field":"name","reason":"The name contains invalid characters"}""",
                """{"line":8,"field":"role","reason":"No role of the settings"}""",
                """{"line":8,"field":"email_verified","reason":"Neither true nor false"}""",
                """{"line":8,"field":"created_at","reason":"No time such as 2024-05-31T12:00:00Z"}""",
                """{"line":9,"field":"created_at","reason":"Not in the past"}""",
                """{"line":11,"reason":"Not a JSON object"}""",
            ],
            await File.ReadAllLinesAsync(At("users.jsonl.refused.jsonl")));
        Assert.Equal(["ada@example.com", "gil@example.com"], await _folder.Sql.ColumnAsync("SELECT email FROM cancela_accounts ORDER BY email"));
    }

    [Fact]
    public async Task Run_again_it_takes_what_is_missing_and_finds_the_rest_there()
    {
        var lines = Enumerable.Range(0, 1200).Select(i => $"somebody{i}@example.com,{KnownHashes.Passlib}").ToList();
        await WriteAsync("users.csv", "email,password_hash\n" + string.Join('\n', lines.Take(700)));
        await ImportAsync(0, "users.csv");
        await WriteAsync("users.csv", "email,password_hash\n" + string.Join('\n', lines));
        Assert.Equal(["1200", "500", "700", "0"], Counts(await ImportAsync(0, "users.csv")));
        Assert.Equal(["1200", "0", "1200", "0"], Counts(await ImportAsync(0, "users.csv")));
        Assert.Equal(1200, await _folder.Sql.CountAsync("cancela_accounts"));
        Assert.Equal(1200, await _folder.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'imported'"));
    }

    [Fact]
    public async Task An_address_that_somebody_else_has_is_refused_and_untouched()
    {
        Assert.Equal(0, (await _folder.RunAsync(["users", "add", "ada@example.com", "--password-stdin"], Person.Password)).Code);
        var before = (await _folder.Sql.ColumnAsync("SELECT password_hash FROM cancela_accounts")).Single();
        await WriteAsync("users.csv", $"email,password_hash\nada@example.com,{KnownHashes.Bcrypt}\nada@example.com,{KnownHashes.Django}\n");
        Assert.Equal(["2", "0", "0", "2"], Counts(await ImportAsync(1, "users.csv")));
        Assert.Equal(before, (await _folder.Sql.ColumnAsync("SELECT password_hash FROM cancela_accounts")).Single());
    }

    [Fact]
    public async Task A_report_goes_where_it_is_told_and_an_older_one_goes()
    {
        await WriteAsync("users.txt", "email\nnobody\n");
        await ImportAsync(1, "users.txt", "--format", "csv", "--report", "why.jsonl");
        Assert.Single(await File.ReadAllLinesAsync(At("why.jsonl")));
        await WriteAsync("users.txt", "email\nada@example.com\n");
        await ImportAsync(0, "users.txt", "--format", "csv", "--report", "why.jsonl");
        Assert.False(File.Exists(At("why.jsonl")));
    }

    [Theory]
    [InlineData("users.csv")]
    [InlineData("users.txt")]
    [InlineData("users.csv", "--format", "xml")]
    [InlineData("absent.csv")]
    [InlineData("accounts.csv", "--report", "accounts.csv")]
    [InlineData("accounts.csv", "--firebase-rounds", "8")]
    [InlineData("accounts.csv", "--firebase-rounds", "8", "--firebase-mem-cost", "14", "--firebase-salt-separator", "Bw==", "--firebase-signer-key", "no base64!")]
    [InlineData("accounts.csv", "--firebase-rounds", "8", "--firebase-mem-cost", "20", "--firebase-salt-separator", "Bw==", "--firebase-signer-key", KnownHashes.FirebaseSignerKey)]
    [InlineData]
    public async Task What_it_does_not_understand_ends_with_2_and_changes_nothing(params string[] arguments)
    {
        await WriteAsync("users.csv", "name\nAda\n");
        await WriteAsync("users.txt", "email\nada@example.com\n");
        await WriteAsync("accounts.csv", "email\nada@example.com\n");
        var ended = await _folder.RunAsync(["import", .. arguments]);
        Assert.Equal(2, ended.Code);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
        Assert.EndsWith("--help", ended.Errors.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(["accounts.csv", "users.csv", "users.txt"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    private static string[] Counts(Ended ended) => ended.Output.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4];

    private string At(string name) => Path.Combine(_folder.Path, name);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(At(name), text);

    private async Task<Ended> ImportAsync(int code, params string[] arguments)
    {
        var ended = await _folder.RunAsync(["import", .. arguments]);
        Assert.True(ended.Code == code, $"{string.Join(' ', arguments)} ended with {ended.Code}: {ended.Errors}{ended.Output}");
        Assert.Empty(ended.Errors);
        return ended;
    }
}
