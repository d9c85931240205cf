using System.Data.Common;

namespace Cancela.Sql;

/// <summary>
/// The database that holds the truth. One SQL text runs on every implementation; what differs (connections, schema
/// scripts, two facts about the dialect) is abstract here. To add a database, derive from this class, ship its schema
/// scripts and pass the contract tests.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    private const int MostAttempts = 5;

    private long _statements;

    /// <summary>
    /// How often the database was asked since the start: statements that were sent together count once. Tests and the
    /// benchmark count round trips with it.
    /// </summary>
    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>How the revocation log is read here so that no row of a transaction still open is missed.</summary>
    public abstract LogCursor LogCursor { get; }

    /// <summary>
    /// What follows a SELECT so that the rows it finds stay as they are until the transaction ends. Empty where writers are
    /// alone anyway.
    /// </summary>
    public abstract string RowLock { get; }

    /// <summary>
    /// A statement behind which transactions that say it run one at a time, whichever process they are of: for what is done
    /// once for a whole deployment. <see langword="null"/> where writers are alone anyway.
    /// </summary>
    public abstract Statement? OneAtATime { get; }

    /// <summary>Whether the driver is given numbered parameters (<c>$1</c>): what it does with names costs it a reading of the text at each execution.</summary>
    protected internal virtual bool NumbersParameters => false;

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

    /// <summary>True when two transactions stood in each other's way and this one was called off: begun again, it succeeds.</summary>
    protected internal abstract bool IsConflict(DbException exception);

    /// <summary>
    /// Runs work that asks the database so that it holds up no caller: where the driver is synchronous inside and deaf to
    /// cancellation, on a thread of its own.
    /// </summary>
    protected internal abstract Task<T> DetachAsync<T>(Func<Task<T>> work);

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
    /// <see cref="Transaction.OnCommitted"/> and <see cref="Transaction.AfterCommit"/> runs after the commit and before this
    /// method returns. The work uses the transaction only: on SQLite, where writers take turns, another write of this
    /// database in it would wait for itself. It may be run again, when another transaction stood in its way.
    /// </summary>
    public async Task<T> TransactAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TransactOnceAsync(work, cancellationToken);
            }
            catch (DbException exception) when (IsConflict(exception) && attempt < MostAttempts)
            {
                // The other one went through: now it is our turn.
            }
            catch (DbException exception) when (IsConflict(exception))
            {
                throw new StoreUnavailableException("Other transactions stood in the way of this one, again and again.", exception);
            }
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    internal void Count() => Interlocked.Increment(ref _statements);

    private async Task<T> TransactOnceAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellationToken)
    {
        var connection = await Rent(Access.Write, cancellationToken);
        var broken = true;
        Transaction transaction;
        T result;
        try
        {
            await using (var inner = await connection.BeginTransactionAsync(cancellationToken))
            {
                transaction = new Transaction(new Rental(this, connection, inner), cancellationToken);
                result = await work(transaction);
                if (!transaction.IsGivenUp)
                {
                    await transaction.FlushAsync();
                    cancellationToken.ThrowIfCancellationRequested();
                    // From here on it is done or it fails. A commit that is called off half-way may hold without anybody knowing.
                    await inner.CommitAsync(CancellationToken.None);
                }
            }
            broken = false;
            transaction.Committed();
        }
        catch (DbException exception) when (IsOutage(exception))
        {
            throw new StoreUnavailableException("The database failed during a transaction.", exception);
        }
        finally
        {
            Return(connection, Access.Write, broken);
        }
        // Other places are told when nobody waits for the connection any more.
        await transaction.TellAsync();
        return result;
    }

    private async Task<TResult> WithConnection<TState, TResult>(
        Access access, Statement statement, TState state,
        Func<Rental, Statement, TState, CancellationToken, Task<TResult>> run, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var connection = await Rent(access, cancellationToken);
            var broken = true;
            try
            {
                var result = await run(new Rental(this, connection, null), statement, state, cancellationToken);
                broken = false;
                return result;
            }
            catch (DbException exception) when (IsConflict(exception) && attempt < MostAttempts)
            {
                // It was undone whole: once more.
            }
            catch (DbException exception) when (IsOutage(exception) || IsConflict(exception))
            {
                throw new StoreUnavailableException("The database failed during a statement.", exception);
            }
            finally
            {
                Return(connection, access, broken);
            }
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
