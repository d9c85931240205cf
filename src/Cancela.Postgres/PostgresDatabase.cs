using System.Data.Common;
using Cancela.Sql;

namespace Cancela.Postgres;

/// <summary>A PostgreSQL database (14 or newer): any number of nodes at once, on its primary.</summary>
public sealed class PostgresDatabase : Database
{
    private const int OldestVersion = 140_000;

    private readonly PostgresConnections _connections;
    private readonly TimeProvider _clock;

    /// <summary>Names the database; nothing is opened before <see cref="PrepareAsync"/>.</summary>
    /// <param name="connectionString">Npgsql's.</param>
    /// <param name="clock">Says when a schema script was applied.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read, or names no host or database.</exception>
#pragma warning disable CA2000 // DisposeAsync disposes it.
    public PostgresDatabase(string connectionString, TimeProvider clock) : this(new PostgresConnections(PostgresConnections.SettingsOf(connectionString)), clock)
#pragma warning restore CA2000
    {
    }

    internal PostgresDatabase(PostgresConnections connections, TimeProvider clock) => (_connections, _clock) = (connections, clock);

    /// <inheritdoc/>
    /// <remarks>
    /// <para>A row's position is the number of its transaction. A snapshot shows every transaction below its xmax but those in its
    /// list of open ones: the next read takes what lies above the highest row that was seen, and what became of those.</para>
    /// <para>Not what lies at or above xmax: numbers of transactions that were rolled back and never reached the WAL are handed
    /// out again after a crash. That of a row that is seen is not, since a commit is on the disk before it is visible.</para>
    /// <para>A replica that is promoted may hand out numbers again that its primary's readers are beyond, and begins a new
    /// timeline: the era. While it is a replica, <c>pg_current_wal_lsn()</c> fails on it, and so does the read.</para>
    /// </remarks>
    public override LogCursor LogCursor { get; } = new(
        Next: """
            (SELECT CASE WHEN ahead < @next THEN ahead
                         ELSE greatest(@next, (SELECT max(position) + 1 FROM cancela_revocations WHERE position < ahead)) END
             FROM CAST(pg_snapshot_xmax(pg_current_snapshot())::text AS bigint) AS ahead)
            """,
        Open: "(SELECT coalesce(string_agg(xid::text, ','), '') FROM pg_snapshot_xip(pg_current_snapshot()) AS xid)",
        WasOpen: "log.position = ANY (string_to_array(@open, ',')::bigint[])",
        Era: "(SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8))");

    /// <inheritdoc/>
    /// <remarks>Not against the rows that refer to the locked one: a foreign key's check waits for nobody.</remarks>
    public override string RowLock => "FOR NO KEY UPDATE";

    /// <inheritdoc/>
    protected internal override bool NumbersParameters => true;

    /// <inheritdoc/>
    /// <remarks>Any number would do, as long as nobody else takes it: "cancela" in ASCII.</remarks>
    public override Statement? OneAtATime { get; } = new("SELECT pg_advisory_xact_lock(27973149436243041)");

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    /// <exception cref="InvalidOperationException">It is too old, a replica, or configured so that what it acknowledged may be lost; or it was written by a newer version of Cancela.</exception>
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connections.LookAsync(cancellationToken);
        }
        catch (DbException exception) when (IsOutage(exception))
        {
            throw new StoreUnavailableException("PostgreSQL does not answer.", exception);
        }
        await CheckAsync(cancellationToken);
        await new SchemaRunner(this, SchemaScript.In(typeof(PostgresDatabase).Assembly), _clock).RunAsync(cancellationToken);
        await RenumberAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected internal override async ValueTask<DbConnection> RentAsync(Access access, CancellationToken cancellationToken) =>
        await _connections.Source.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The driver knows itself whether a connection can be used again, and rolls back what is open on it.</remarks>
    protected internal override void Return(DbConnection connection, Access access, bool broken) => connection.Dispose();

    /// <inheritdoc/>
    protected internal override DbCommand CommandFor(DbConnection connection, string text)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a Statement's: a constant, with its values in parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    /// <inheritdoc/>
    protected internal override void Release(DbCommand command) => command.Dispose();

    /// <inheritdoc/>
    protected internal override bool IsOutage(DbException exception) => PostgresFaults.IsOutage(exception);

    /// <inheritdoc/>
    protected internal override bool IsConflict(DbException exception) => PostgresFaults.IsConflict(exception);

    /// <inheritdoc/>
    /// <remarks>The driver waits for nobody's thread and hears when it is called off.</remarks>
    protected internal override Task<T> DetachAsync<T>(Func<Task<T>> work) => work();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var facts = (await ReadFirstAsync(
            new("SELECT current_setting('server_version_num')::integer, pg_is_in_recovery(), current_setting('synchronous_commit')"),
            static row => new Facts(row.GetInt32(0), row.GetBoolean(1), row.GetString(2)), cancellationToken))!;
        if (facts.Version < OldestVersion) throw new InvalidOperationException($"PostgreSQL {facts.Version / 10_000} is too old: Cancela needs 14 or newer.");
        if (facts.IsReplica) throw new InvalidOperationException("This PostgreSQL is a replica: Cancela reads and writes the primary, whose log is never behind.");
        // A revocation that was acknowledged and then lost in a crash would let a credential in again.
        if (facts.SynchronousCommit == "off") throw new InvalidOperationException("PostgreSQL's synchronous_commit is off for this database or role: what it acknowledges may be lost. Set it to on, or to local.");
    }

    private sealed record Facts(int Version, bool IsReplica, string SynchronousCommit);

    // A dump that was loaded into another cluster brings the numbers of the old one, which may lie far ahead of this one's:
    // every read would find those rows again until the numbers have caught up.
    private Task<int> RenumberAsync(CancellationToken cancellationToken) => WriteAsync(
        new("UPDATE cancela_revocations SET position = pg_current_xact_id()::text::bigint WHERE position > pg_current_xact_id()::text::bigint"), cancellationToken);
}
