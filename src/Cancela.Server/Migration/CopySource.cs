using System.Data;
using System.Data.Common;
using Cancela.Sql;
using Cancela.Sqlite;

namespace Cancela.Server.Migration;

/// <summary>
/// The SQLite file that is copied, as it was at one instant. A server may go on writing beside it; or nobody may, in
/// whatever process, until it is closed.
/// </summary>
internal sealed class CopySource : IAsyncDisposable
{
    private const string InUse =
        "The source is in use: stop the server that runs on it, and whatever else has it open, and run this again. To copy ahead while it serves: --ahead.";

    private readonly SqliteDatabase _database;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly Access _access;

    private CopySource(SqliteDatabase database, DbConnection connection, DbTransaction transaction, Access access) =>
        (_database, _connection, _transaction, _access) = (database, connection, transaction, access);

    /// <summary>Whether a copy took its place before.</summary>
    public bool IsMoved { get; private set; }

    private Rental Rental => new(_database, _connection, _transaction);

    /// <param name="file">The file.</param>
    /// <param name="alone">Whether nobody else may have it open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">There is no such database, or it is not one to copy, or it is in use.</exception>
    public static async Task<CopySource> OpenAsync(string file, bool alone, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new InvalidOperationException($"There is no file {file}.");
#pragma warning disable CA2000 // DisposeAsync disposes it, or the catch below.
        var database = new SqliteDatabase(file, TimeProvider.System, alone);
#pragma warning restore CA2000
        DbConnection? connection = null;
        try
        {
            var access = alone ? Access.Write : Access.Read;
            connection = await database.RentAsync(access, cancellationToken);
            // To this driver "read uncommitted" is a transaction that takes no lock before it writes: a snapshot.
            var transaction = await connection.BeginTransactionAsync(alone ? IsolationLevel.Serializable : IsolationLevel.ReadUncommitted, cancellationToken);
            var source = new CopySource(database, connection, transaction, access);
            await source.LookAsync(cancellationToken);
            return source;
        }
        catch (Exception exception)
        {
            if (connection is not null) await connection.DisposeAsync();
            await database.DisposeAsync();
            if (exception is not DbException failure || !database.IsOutage(failure)) throw;
            throw new InvalidOperationException(alone ? InUse : $"The file {file} cannot be read.", exception);
        }
    }

    /// <summary>All rows of a query.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read.</exception>
    public async Task<List<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        try
        {
            return await Rental.All(statement, row, cancellationToken);
        }
        catch (DbException exception) when (_database.IsOutage(exception))
        {
            throw new StoreUnavailableException("The source cannot be read.", exception);
        }
    }

    /// <summary>Nobody starts on it any more.</summary>
    public async Task RetireAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await Rental.Run(DatabaseGate.Close(DatabaseGate.Moved, now), cancellationToken);
        await _transaction.CommitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        _database.Return(_connection, _access, broken: true);
        await _database.DisposeAsync();
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        List<(int Version, string Name)> scripts;
        try
        {
            scripts = await ReadAsync(new("SELECT version, name FROM cancela_schema ORDER BY version"), static row => (row.GetInt32(0), row.GetString(1)), cancellationToken);
        }
        catch (DbException exception)
        {
            throw new InvalidOperationException("The source is no database of Cancela.", exception);
        }
        var newest = SchemaScript.In(typeof(SqliteDatabase).Assembly)[^1].Version;
        var gate = scripts.Find(static script => script.Version == DatabaseGate.Version).Name;
        if (scripts.FindLast(static script => script.Version < DatabaseGate.Version).Version != newest)
            throw new InvalidOperationException("The source was written by another version of Cancela: start this version on it once, then copy.");
        if (gate is not (null or DatabaseGate.Moved)) throw new InvalidOperationException("The source is itself a copy that is not finished.");
        IsMoved = gate == DatabaseGate.Moved;
    }
}
