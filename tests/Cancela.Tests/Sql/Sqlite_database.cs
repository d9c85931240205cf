using Cancela.Sql;
using Cancela.Sqlite;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cancela.Tests.Sql;

public sealed class Sqlite_database : IAsyncLifetime
{
    private static readonly CancellationToken Token = CancellationToken.None;
    private readonly string _folder = Directory.CreateTempSubdirectory("cancela-test-").FullName;
    private SqliteDatabase _database = null!;

    private string File => Path.Combine(_folder, "data", "cancela.db");

    public async ValueTask InitializeAsync()
    {
        _database = new SqliteDatabase(File, TimeProvider.System);
        await _database.PrepareAsync(Token);
        await Write("CREATE TABLE numbers (n INTEGER NOT NULL PRIMARY KEY, t TEXT) STRICT");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "5000")]
    public async Task Every_connection_has_its_settings(string pragma, string expected)
    {
        Assert.Equal([expected], await Read($"PRAGMA {pragma}"));
        Assert.Equal(expected, await _database.WriteFirstAsync(new Statement($"PRAGMA {pragma}"), row => row.GetString(0), Token));
    }

    [Fact]
    public void Its_files_are_readable_by_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows inherits the folder's access list.");
        if (OperatingSystem.IsWindows()) return;

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(File)!)) Assert.Equal(owner, System.IO.File.GetUnixFileMode(file));
        Assert.Equal(owner | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(Path.GetDirectoryName(File)!));
    }

    [Theory]
    [InlineData(":memory:")]
    [InlineData("file:cancela.db?mode=memory")]
    [InlineData(" ")]
    public void What_is_not_a_file_is_refused(string file) =>
        Assert.ThrowsAny<ArgumentException>(() => new SqliteDatabase(file, TimeProvider.System));

    [Fact]
    public void A_missing_library_is_named_with_its_package()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => SqliteLibrary.Open("libnosuchsqlite.so.0"));

        Assert.Contains("libnosuchsqlite.so.0", refusal.Message);
        Assert.Contains("libsqlite3-0", refusal.Message);
    }

    [Fact]
    public void A_library_without_strict_tables_is_refused()
    {
        Assert.Contains("3.36.0", Assert.Throws<InvalidOperationException>(() => SqliteLibrary.Check("3.36.0")).Message);
        Assert.Equal(new Version(3, 37, 0), SqliteLibrary.Check("3.37.0"));
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Read("INSERT INTO numbers (n) VALUES (1) RETURNING n"));
        Assert.Equal(["0"], await Read("SELECT count(*) FROM numbers"));
    }

    [Fact]
    public async Task A_broken_rule_of_the_schema_is_no_outage()
    {
        await Write("INSERT INTO numbers (n) VALUES (1)");

        await Assert.ThrowsAsync<SqliteException>(() => Write("INSERT INTO numbers (n) VALUES (1)"));
        Assert.Equal(1, await Write("INSERT INTO numbers (n) VALUES (2)"));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_an_outage()
    {
        await using var gone = new SqliteDatabase(Path.Combine(_folder, "never prepared.db"), TimeProvider.System);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => gone.WriteAsync(new Statement("SELECT 1"), Token));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_an_outage()
    {
        var file = Path.Combine(_folder, "letter.db");
        await System.IO.File.WriteAllTextAsync(file, new string('x', 4096), Token);
        await using var letter = new SqliteDatabase(file, TimeProvider.System);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => letter.PrepareAsync(Token));
    }

    [Fact]
    public async Task What_fails_in_a_transaction_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => _database.TransactAsync<int>(
            async transaction =>
            {
                transaction.OnCommitted(() => Assert.Fail("It was not committed."));
                await transaction.RunAsync(new Statement("INSERT INTO numbers (n) VALUES (1)"));
                throw new InvalidDataException();
            },
            Token));

        Assert.Equal(["0"], await Read("SELECT count(*) FROM numbers"));
        Assert.Equal(1, await Write("INSERT INTO numbers (n) VALUES (1)"));
    }

    [Fact]
    public async Task Readers_read_while_a_transaction_is_open_and_see_it_when_it_holds()
    {
        await _database.TransactAsync(
            async transaction =>
            {
                await transaction.RunAsync(new Statement("INSERT INTO numbers (n) VALUES (1)"));
                Assert.Equal(["0"], await Read("SELECT count(*) FROM numbers"));
                transaction.OnCommitted(() => Assert.Equal(["1"], Read("SELECT count(*) FROM numbers").GetAwaiter().GetResult()));
                return 0;
            },
            Token);
    }

    [Fact]
    public async Task Writers_take_turns_in_the_order_of_asking()
    {
        var first = new TaskCompletionSource();
        var holder = _database.TransactAsync(async _ => { await first.Task; return 0; }, Token);
        var queue = Enumerable.Range(1, 20).Select(n => Write($"INSERT INTO numbers (n, t) VALUES ({n}, (SELECT count(*) FROM numbers))")).ToList();

        first.SetResult();
        await holder;
        await Task.WhenAll(queue);

        Assert.Equal(["20"], await Read("SELECT count(*) FROM numbers WHERE n = CAST(t AS INTEGER) + 1"));
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_queue()
    {
        var first = new TaskCompletionSource();
        var holder = _database.TransactAsync(async _ => { await first.Task; return 0; }, Token);
        using var patience = new CancellationTokenSource();
        var impatient = _database.WriteAsync(new Statement("INSERT INTO numbers (n) VALUES (1)"), patience.Token);
        var patient = Write("INSERT INTO numbers (n) VALUES (2)");

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        first.SetResult();
        await holder;
        await patient;

        Assert.Equal(["2"], await Read("SELECT n FROM numbers"));
    }

    [Fact]
    public async Task One_text_runs_again_with_other_values_and_with_null()
    {
        foreach (var (n, t) in new (int, string?)[] { (1, "one"), (2, null), (3, "three") })
        {
            await _database.WriteAsync(new Statement("INSERT INTO numbers (n, t) VALUES (@n, @t)", ("n", n), ("t", t)), Token);
        }
        await _database.WriteAsync(new Statement("INSERT INTO numbers (n, t) VALUES (@n, @t)", ("t", "four"), ("n", 4)), Token);

        Assert.Equal(["1=one", "2=-", "3=three", "4=four"], await Read("SELECT n || '=' || coalesce(t, '-') FROM numbers ORDER BY n"));
    }

    [Fact]
    public async Task Statements_are_counted()
    {
        var before = _database.Statements;

        await Read("SELECT 1");
        await _database.TransactAsync(async t => await t.RunAsync(new Statement("SELECT 1")) + await t.RunAsync(new Statement("SELECT 2")), Token);

        Assert.Equal(3, _database.Statements - before);
    }

    [Fact]
    public async Task The_horizon_never_goes_back_when_old_rows_are_swept()
    {
        await Write("INSERT INTO cancela_revocations (kind, subject, until, recorded_at) VALUES ('key', 'a', 'x', 'x'), ('key', 'b', 'x', 'x')");
        Assert.Equal(["3"], await Read("SELECT " + _database.LogCursor.Next));

        await Write("DELETE FROM cancela_revocations");

        Assert.Equal(["3"], await Read("SELECT " + _database.LogCursor.Next));
        await Write("INSERT INTO cancela_revocations (kind, subject, until, recorded_at) VALUES ('key', 'c', 'x', 'x')");
        Assert.Equal(["3"], await Read("SELECT position FROM cancela_revocations"));
    }

    [Fact]
    public async Task A_write_waits_for_another_process_that_is_writing()
    {
        await using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        await other.OpenAsync(Token);
        var begun = other.CreateCommand();
        begun.CommandText = "BEGIN IMMEDIATE";
        await begun.ExecuteNonQueryAsync(Token);

        var waiting = Task.Run(() => Write("INSERT INTO numbers (n) VALUES (1)"), Token);
        Assert.False(waiting.IsCompleted);
        begun.CommandText = "COMMIT";
        await begun.ExecuteNonQueryAsync(Token);

        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task Transactions_that_read_and_then_write_take_turns_between_processes()
    {
        // A second database on the file stands for the second process: it has its own connections and its own queue.
        await using var other = new SqliteDatabase(File, TimeProvider.System);
        await Write("INSERT INTO numbers (n, t) VALUES (1, '0')");

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => (i % 2 == 0 ? _database : other).TransactAsync(AddOne, Token), Token)));

        Assert.Equal(["100"], await Read("SELECT t FROM numbers"));

        static async Task<int> AddOne(Transaction transaction)
        {
            var read = await transaction.AllAsync(new Statement("SELECT CAST(t AS INTEGER) FROM numbers WHERE n = 1"), row => row.GetInt32(0));
            return await transaction.RunAsync(new Statement("UPDATE numbers SET t = CAST(@t AS TEXT) WHERE n = 1", ("t", read[0] + 1)));
        }
    }

    private Task<int> Write(string sql) => _database.WriteAsync(new Statement(sql), Token);

    private Task<List<string>> Read(string sql) =>
        _database.ReadAllAsync(new Statement(sql), row => row.GetValue(0).ToString()!, Token);
}
