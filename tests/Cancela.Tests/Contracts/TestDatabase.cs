using Cancela.Sql;
using Xunit;

namespace Cancela.Tests.Contracts;

/// <summary>A fresh, prepared database for one test, gone afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestStore _store;

    private TestDatabase(TestStore store, Database database) => (_store, Database) = (store, database);

    public Database Database { get; }

    /// <summary>Of the kind that this run is about, unless a test is about one.</summary>
    public static async Task<TestDatabase> CreateAsync(TimeProvider? clock = null, string? kind = null)
    {
        var store = await TestStore.CreateAsync(kind: kind);
        var database = store.Open(clock ?? TimeProvider.System);
        await database.PrepareAsync(TestContext.Current.CancellationToken);
        return new TestDatabase(store, database);
    }

    /// <summary>The same database, as another process opens it. Whoever asks disposes it.</summary>
    public Database OpenAgain(TimeProvider clock) => _store.Open(clock);

    /// <summary>Runs SQL as an operator would at a shell. Returns the number of rows changed.</summary>
    public Task<int> RunAsync(string sql, params (string Name, object? Value)[] parameters) =>
        Database.WriteAsync(new Statement(sql, parameters), TestContext.Current.CancellationToken);

    /// <summary>The first column of each row, as text.</summary>
    public Task<List<string>> ReadAsync(string sql, params (string Name, object? Value)[] parameters) =>
        Database.ReadAllAsync(new Statement(sql, parameters), row => row.GetValue(0).ToString()!, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _store.DisposeAsync();
    }
}
