using System.Data.Common;

namespace Cancela.Sql;

/// <summary>
/// The database that holds the truth. One SQL text runs on every implementation; what differs (connections, schema
/// scripts, two facts about the dialect) is abstract here. To add a database, derive from this class, ship its schema
/// scripts and pass the contract tests.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    private long _statements;

    /// <summary>How many statements ran since the start. Tests and the benchmark count round trips with it.</summary>
    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>
    /// A scalar SQL expression: the position from which the next read of the revocation log must start so that no row
    /// of a transaction still open now is missed.
    /// </summary>
    public abstract string RevocationHorizon { get; }

    /// <summary>Brings the schema up to date. Safe when several processes start at once.</summary>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Takes a connection. What is taken is given back with <see cref="Return"/>.</summary>
    protected internal abstract ValueTask<DbConnection> RentAsync(Access access, CancellationToken cancellationToken);

    /// <summary>Gives a connection back; <paramref name="broken"/> when a statement on it failed.</summary>
    protected internal abstract void Return(DbConnection connection, Access access, bool broken);

    /// <summary>A command for a text; an implementation may keep prepared ones for each connection.</summary>
    protected internal abstract DbCommand CommandFor(DbConnection connection, string text);

    /// <summary>Gives a command of <see cref="CommandFor"/> back.</summary>
    protected internal abstract void Release(DbCommand command);

    /// <summary>True when the exception means that the database does not answer, false when it means a bug.</summary>
    protected internal abstract bool IsOutage(DbException exception);

    /// <summary>The first row of a query, or <see langword="null"/>. The query ends by itself: it finds one row, or says <c>LIMIT 1</c>.</summary>
    public Task<T?> ReadFirstAsync<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken) where T : class =>
        WithConnection(Access.Read, statement, row, static (at, s, map, token) => at.First(s, map, token), cancellationToken);

    /// <summary>All rows of a query.</summary>
    public Task<List<T>> ReadAllAsync<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken) =>
        WithConnection(Access.Read, statement, row, static (at, s, map, token) => at.All(s, map, token), cancellationToken);

    /// <summary>Hands each row of a query to <paramref name="row"/> and keeps none: for results that may be large.</summary>
    public Task ReadEachAsync(Statement statement, Action<DbDataReader> row, CancellationToken cancellationToken) =>
        WithConnection(Access.Read, statement, row, static (at, s, each, token) => at.Each(s, each, token), cancellationToken);

    /// <summary>Runs one statement that writes, in a transaction of its own. Returns the number of rows that it changed.</summary>
    public Task<int> WriteAsync(Statement statement, CancellationToken cancellationToken) =>
        WithConnection<object?, int>(Access.Write, statement, null, static (at, s, _, token) => at.Run(s, token), cancellationToken);

    /// <summary>Runs one statement that writes and returns (<c>RETURNING</c>): its first row, or <see langword="null"/>.</summary>
    public Task<T?> WriteFirstAsync<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken) where T : class =>
        WithConnection(Access.Write, statement, row, static (at, s, map, token) => at.First(s, map, token), cancellationToken);

    /// <summary>
    /// Runs several statements as one: all of them hold, or none. What was registered with
    /// <see cref="Transaction.OnCommitted"/> runs after the commit and before this method returns. The work uses the
    /// transaction only: on SQLite, where writers take turns, another write of this database in it would wait for itself.
    /// </summary>
    public async Task<T> TransactAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellationToken)
    {
        var connection = await Rent(Access.Write, cancellationToken);
        var broken = true;
        try
        {
            Transaction transaction;
            T result;
            await using (var inner = await connection.BeginTransactionAsync(cancellationToken))
            {
                transaction = new Transaction(new Rental(this, connection, inner), cancellationToken);
                result = await work(transaction);
                cancellationToken.ThrowIfCancellationRequested();
                // From here on it is done or it fails. A commit that is called off half-way may hold without anybody knowing.
                await inner.CommitAsync(CancellationToken.None);
            }
            broken = false;
            transaction.Committed();
            return result;
        }
        catch (DbException exception) when (IsOutage(exception))
        {
            throw new StoreUnavailableException("The database failed during a transaction.", exception);
        }
        finally
        {
            Return(connection, Access.Write, broken);
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    internal void Count() => Interlocked.Increment(ref _statements);

    private async Task<TResult> WithConnection<TState, TResult>(
        Access access, Statement statement, TState state,
        Func<Rental, Statement, TState, CancellationToken, Task<TResult>> run, CancellationToken cancellationToken)
    {
        var connection = await Rent(access, cancellationToken);
        var broken = true;
        try
        {
            var result = await run(new Rental(this, connection, null), statement, state, cancellationToken);
            broken = false;
            return result;
        }
        catch (DbException exception) when (IsOutage(exception))
        {
            throw new StoreUnavailableException("The database failed during a statement.", exception);
        }
        finally
        {
            Return(connection, access, broken);
        }
    }

    private async ValueTask<DbConnection> Rent(Access access, CancellationToken cancellationToken)
    {
        try
        {
            return await RentAsync(access, cancellationToken);
        }
        catch (DbException exception)
        {
            throw new StoreUnavailableException("The database gives no connection.", exception);
        }
    }
}
