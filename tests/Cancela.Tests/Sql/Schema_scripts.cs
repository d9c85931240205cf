using Cancela.Sql;
using Cancela.Sqlite;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Sql;

public sealed class Schema_scripts
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Are_applied_once_when_many_start_at_once()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-test-").FullName;
        var file = Path.Combine(folder, "new", "cancela.db");
        var databases = Enumerable.Range(0, 8).Select(_ => new SqliteDatabase(file, TimeProvider.System)).ToList();

        await Task.WhenAll(databases.Select(database => Task.Run(() => database.PrepareAsync(Token), Token)));

        var applied = await databases[0].ReadAllAsync(
            new Statement("SELECT version || ' ' || name FROM cancela_schema"), row => row.GetString(0), Token);
        foreach (var database in databases) await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        Assert.Equal(["1 001_initial.sql"], applied);
    }

    [Fact]
    public async Task Are_applied_in_order_and_from_where_the_database_stands()
    {
        await using var store = await TestDatabase.CreateAsync(new ManualClock());
        var second = new SchemaScript(2, "002_two.sql", "CREATE TABLE two (a TEXT) STRICT; CREATE INDEX two_a ON two (a); INSERT INTO two VALUES ('x');");
        var third = new SchemaScript(3, "003_three.sql", "INSERT INTO two VALUES ('y');");

        await Runner(store, second).RunAsync(Token);
        await Runner(store, second, third).RunAsync(Token);
        await Runner(store, second, third).RunAsync(Token);

        Assert.Equal(["x", "y"], await store.ReadAsync("SELECT a FROM two ORDER BY a"));
        Assert.Equal(["1", "2", "3"], await store.ReadAsync("SELECT version FROM cancela_schema ORDER BY version"));
        Assert.Equal(["2026-01-15T12:00:00Z"], await store.ReadAsync("SELECT DISTINCT applied_at FROM cancela_schema"));
    }

    [Fact]
    public async Task That_fail_leave_nothing_behind()
    {
        await using var store = await TestDatabase.CreateAsync();
        var wrong = new SchemaScript(2, "002_wrong.sql", "CREATE TABLE two (a TEXT) STRICT; INSERT INTO nowhere VALUES (1);");

        await Assert.ThrowsAnyAsync<Exception>(() => Runner(store, wrong).RunAsync(Token));

        Assert.Equal(["1"], await store.ReadAsync("SELECT version FROM cancela_schema"));
        Assert.Empty(await store.ReadAsync("SELECT name FROM sqlite_master WHERE name = 'two'"));
    }

    [Fact]
    public async Task Of_a_newer_version_stop_the_start()
    {
        await using var store = await TestDatabase.CreateAsync();
        await store.RunAsync("INSERT INTO cancela_schema (version, name, applied_at) VALUES (7, '007_later.sql', '')");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => store.Database.PrepareAsync(Token));

        Assert.Contains("schema version 7", refusal.Message);
    }

    [Fact]
    public void Are_numbered_without_gaps()
    {
        var scripts = SchemaScript.In(typeof(SqliteDatabase).Assembly);

        Assert.Equal(Enumerable.Range(1, scripts.Count), scripts.Select(script => script.Version));
    }

    private static SchemaRunner Runner(TestDatabase store, params SchemaScript[] later) =>
        new(store.Database, [.. SchemaScript.In(typeof(SqliteDatabase).Assembly), .. later], new ManualClock());
}
