using System.Collections.Concurrent;
using Cancela.Sql;
using Cancela.Tests.Servers;
using Xunit;

namespace Cancela.Tests.Contracts;

/// <summary>
/// What the nodes of one test share: an empty database, opened as often as there are nodes. The variable
/// <c>CANCELA_TEST_STORE</c> says which kind: <c>sqlite</c> unless it is set, <c>postgres</c>, or <c>postgres+redis</c>.
/// </summary>
public abstract class TestStore(string folder) : IAsyncDisposable
{
    /// <summary>The kinds.</summary>
    public const string Sqlite = "sqlite", Postgres = "postgres", PostgresAndRedis = "postgres+redis";

    private static readonly string OfThisRun = Environment.GetEnvironmentVariable("CANCELA_TEST_STORE") is { Length: > 0 } kind ? kind : Sqlite;
    private static readonly ConcurrentDictionary<string, Lazy<Task<TestStore>>> ByFolder = new(StringComparer.Ordinal);

    /// <summary>What stands for it wherever a test names it: whoever is given the same folder is given the same store.</summary>
    public string Folder { get; } = folder;

    /// <summary>Past Cancela, as an operator sees it.</summary>
    internal abstract RawSql Sql { get; }

    /// <summary>A new store, in a folder of its own.</summary>
    /// <param name="prepared">False: certainly without our tables. True: whoever opens it prepares it all the same, but may find them.</param>
    /// <param name="kind">For a test that is about one kind; the run's if null.</param>
    public static Task<TestStore> CreateAsync(bool prepared = true, string? kind = null)
    {
        var folder = Directory.CreateTempSubdirectory("cancela-test-").FullName;
        return ByFolder.GetOrAdd(folder, new Lazy<Task<TestStore>>(() => MakeAsync(folder, prepared, kind ?? OfThisRun))).Value;
    }

    /// <summary>The store of a folder: a new one if it has none yet.</summary>
    public static Task<TestStore> InAsync(string folder) => ByFolder.GetOrAdd(folder, static folder => new(() => MakeAsync(folder, prepared: true, OfThisRun))).Value;

    /// <summary>For a test whose words are SQLite's own. The trait <c>store=sqlite</c> keeps it out of what runs on each store.</summary>
    /// <param name="why">What the other store does not have.</param>
    public static void OnlySqlite(string why) => Assert.SkipUnless(OfThisRun == Sqlite, why);

    /// <summary>As a process of its own opens it. Nothing is done before it is prepared.</summary>
    public abstract Database Open(TimeProvider clock);

    /// <summary>Chooses it for a host.</summary>
    public abstract void Choose(CancelaBuilder cancela);

    /// <summary>What a store lets run out by itself runs out by this clock.</summary>
    public virtual void Follow(ManualClock clock)
    {
    }

    /// <summary>Removes it and its folder.</summary>
    public virtual ValueTask DisposeAsync()
    {
        ByFolder.TryRemove(Folder, out _);
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<TestStore> MakeAsync(string folder, bool prepared, string kind)
    {
        if (kind == Sqlite) return new SqliteStore(folder);
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        return kind switch
        {
            Postgres => await PostgresStore.MakeAsync(folder, prepared),
            PostgresAndRedis => await RedisStore.MakeAsync(folder, prepared),
            _ => throw new InvalidOperationException($"CANCELA_TEST_STORE is '{kind}'."),
        };
    }
}
