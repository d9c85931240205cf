using System.Globalization;

namespace Cancela.Sql;

/// <summary>
/// Applies the scripts that a database lacks, each in a transaction of its own together with the row that says so: a
/// script is there wholly or not at all. Whoever starts second waits for the transaction and then finds it done.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="scripts">All of them, in order.</param>
/// <param name="clock">Says when a script was applied.</param>
internal sealed class SchemaRunner(Database database, IReadOnlyList<SchemaScript> scripts, TimeProvider clock)
{
    private static readonly Statement CreateTable = new(
        "CREATE TABLE IF NOT EXISTS cancela_schema (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)");

    // The number above all others is no script's: it is the gate's.
    private static readonly Statement ReadVersion = new("SELECT coalesce(max(version), 0) FROM cancela_schema WHERE version < 2147483647");

    /// <summary>Brings the database to the last script.</summary>
    /// <exception cref="InvalidOperationException">The database is newer than the code.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await database.TransactAsync(ApplyNext, cancellationToken))
        {
        }
    }

    private async Task<bool> ApplyNext(Transaction transaction)
    {
        await transaction.AloneAsync();
        await transaction.RunAsync(CreateTable);
        var version = await VersionIn(transaction);
        RefuseNewer(version);
        if (scripts.FirstOrDefault(script => script.Version > version) is not { } next) return false;

        await transaction.RunAsync(new Statement(next.Text));
        await transaction.RunAsync(new Statement(
            "INSERT INTO cancela_schema (version, name, applied_at) VALUES (@version, @name, @at)",
            ("version", next.Version),
            ("name", next.Name),
            ("at", clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))));
        return true;
    }

    private static async Task<int> VersionIn(Transaction transaction) =>
        (await transaction.AllAsync(ReadVersion, static row => row.GetInt32(0)))[0];

    private void RefuseNewer(int version)
    {
        var known = scripts.Count == 0 ? 0 : scripts[^1].Version;
        if (version <= known) return;
        throw new InvalidOperationException(
            $"The database has schema version {version}; this version of Cancela knows {known}. Start the newer version that wrote it, or restore a backup.");
    }
}
