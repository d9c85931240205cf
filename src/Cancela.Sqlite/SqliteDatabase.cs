using System.Data.Common;
using Cancela.Sql;
using Microsoft.Data.Sqlite;

namespace Cancela.Sqlite;

/// <summary>
/// A SQLite file: the embedded default, and no toy. One writer with a fair queue, readers beside it (WAL), each commit
/// on the disk before it is acknowledged (<c>synchronous=FULL</c>).
/// </summary>
public sealed class SqliteDatabase : Database
{
    // All of them hold for one connection only. The timeout is for another process (the command line, an operator's
    // shell) to finish its write.
    private const string Settings = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    // A reader that tries to write is a bug, and fails.
    private const string ReaderSettings = Settings + " PRAGMA query_only = ON;";

    // Nobody else has the file open then, in whatever process: in WAL mode whoever has shares a lock that this one does not
    // get. It must be said before the file is read for the first time. Whoever runs it waits for the answer: a server does not go away by waiting.
    private const string AloneSettings = "PRAGMA busy_timeout = 1000; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    private readonly TimeProvider _clock;
    private readonly string _path;
    private readonly string _connectionString;
    private readonly Lane _writer;
    private readonly Lane _readers;

    /// <summary>Names the database; nothing is opened before <see cref="PrepareAsync"/>.</summary>
    /// <param name="file">Path of the file; created, with its folder, when missing, readable by its owner only.</param>
    /// <param name="clock">Says when a schema script was applied.</param>
    /// <exception cref="ArgumentException"><paramref name="file"/> is not a path of a file.</exception>
    /// <exception cref="InvalidOperationException">The system's SQLite library is missing or older than 3.37.</exception>
    public SqliteDatabase(string file, TimeProvider clock) : this(file, clock, alone: false)
    {
    }

    /// <summary>Names the database, for a process that needs it for itself.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="clock">Says when a schema script was applied.</param>
    /// <param name="alone">Only the connection that writes can be taken, and only while nobody else has the file open.</param>
    internal SqliteDatabase(string file, TimeProvider clock, bool alone)
    {
        SqliteLibrary.Load();
        _clock = clock;
        _path = DatabaseFile.PathOf(file);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            // The driver's own wait is a loop of 150 ms sleeps. It gives up at once when SQLite has waited longer than this.
            DefaultTimeout = 1,
        }.ConnectionString;
        _writer = new Lane(1, () => Open(alone ? AloneSettings : Settings));
        _readers = new Lane(Math.Max(4, 2 * Environment.ProcessorCount), () => Open(ReaderSettings));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// SQLite has one writer at a time, so positions are committed in their order and none is open below the next one. That
    /// is read from the sequence of AUTOINCREMENT and not from the rows: when the sweep takes old rows away, a maximum
    /// over what is left would go back, hand positions out again, and a node that read further would miss them.
    /// </remarks>
    public override LogCursor LogCursor { get; } = new(
        Next: "(SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'cancela_revocations')", Open: "''", WasOpen: "log.position = @open", Era: "''");

    /// <inheritdoc/>
    public override string RowLock => "";

    /// <inheritdoc/>
    public override Statement? OneAtATime => null;

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The file cannot be opened or written.</exception>
    /// <exception cref="IOException">The file or its folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be created.</exception>
    /// <exception cref="InvalidOperationException">The database was written by a newer version of Cancela.</exception>
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        DatabaseFile.Ensure(_path);
        // Kept in the file. Two processes that switch at once are told "busy" without a wait, so the driver's loop is right here.
        var connection = await _writer.TakeAsync(cancellationToken);
        try
        {
            using var command = connection.CreateCommand();
            command.CommandTimeout = 30;
            command.CommandText = "PRAGMA journal_mode = WAL";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqliteException exception) when (IsOutage(exception))
        {
            throw new StoreUnavailableException($"The database file {_path} cannot be written.", exception);
        }
        finally
        {
            _writer.Return(connection, broken: true);
        }
        await new SchemaRunner(this, SchemaScript.In(typeof(SqliteDatabase).Assembly), _clock).RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected internal override async ValueTask<DbConnection> RentAsync(Access access, CancellationToken cancellationToken) =>
        await LaneOf(access).TakeAsync(cancellationToken);

    /// <inheritdoc/>
    protected internal override void Return(DbConnection connection, Access access, bool broken) =>
        LaneOf(access).Return((PreparedConnection)connection, broken);

    /// <inheritdoc/>
    protected internal override DbCommand CommandFor(DbConnection connection, string text) =>
        ((PreparedConnection)connection).CommandFor(text);

    /// <inheritdoc/>
    /// <remarks>Nothing to do: commands stay with their connection.</remarks>
    protected internal override void Release(DbCommand command)
    {
    }

    /// <inheritdoc/>
    protected internal override bool IsOutage(DbException exception) => exception is SqliteException
    {
        SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_IOERR
            or SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY
            or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_PROTOCOL,
    };

    /// <inheritdoc/>
    /// <remarks>Writers take turns, so none stands in another's way.</remarks>
    protected internal override bool IsConflict(DbException exception) => false;

    /// <inheritdoc/>
    protected internal override Task<T> DetachAsync<T>(Func<Task<T>> work) => Task.Run(work, CancellationToken.None);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _readers.Dispose();
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private Lane LaneOf(Access access) => access == Access.Write ? _writer : _readers;

    private PreparedConnection Open(string settings)
    {
        var connection = new PreparedConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two constants above.
            command.CommandText = settings;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
