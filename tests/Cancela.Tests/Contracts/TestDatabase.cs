using Cancela.Sql;
using Cancela.Sqlite;
using Xunit;

namespace Cancela.Tests.Contracts;

/// <summary>A fresh, prepared database for one test, gone afterwards.</summary>
/// <param name="database">Prepared.</param>
/// <param name="cleanUp">What to do when the database is closed.</param>
public sealed class TestDatabase(Database database, Action cleanUp) : IAsyncDisposable
{
    public Database Database { get; } = database;

    /// <summary>A SQLite file in a folder of its own.</summary>
    public static async Task<TestDatabase> CreateAsync(TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("cancela-test-").FullName;
        var database = new SqliteDatabase(Path.Combine(folder, "cancela.db"), clock ?? TimeProvider.System);
        await database.PrepareAsync(TestContext.Current.CancellationToken);
        return new TestDatabase(database, () => Directory.Delete(folder, recursive: true));
    }

    /// <summary>Runs SQL as an operator would at a shell. Returns the number of rows changed.</summary>
    public Task<int> RunAsync(string sql, params (string Name, object? Value)[] parameters) =>
        Database.WriteAsync(new Statement(sql, parameters), TestContext.Current.CancellationToken);

    /// <summary>The first column of each row, as text.</summary>
    public Task<List<string>> ReadAsync(string sql, params (string Name, object? Value)[] parameters) =>
        Database.ReadAllAsync(new Statement(sql, parameters), row => row.GetValue(0).ToString()!, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        cleanUp();
    }
}
