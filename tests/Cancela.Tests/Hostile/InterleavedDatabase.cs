using System.Data.Common;
using Cancela.Sql;

namespace Cancela.Tests.Hostile;

/// <summary>A database at which something else happens, once, right after something was looked up: a session by its cookie, unless said.</summary>
internal sealed class InterleavedDatabase(Database inner) : Database
{
    private DbConnection? _looking;

    public Func<Task>? Then { get; set; }

    /// <summary>What the text of the statement has in it, after which it happens.</summary>
    public string After { get; set; } = "secret_hash = ";

    public override LogCursor LogCursor => inner.LogCursor;

    public override string RowLock => inner.RowLock;

    public override Statement? OneAtATime => inner.OneAtATime;

    protected internal override bool NumbersParameters => inner.NumbersParameters;

    public override Task PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected internal override ValueTask<DbConnection> RentAsync(Access access, CancellationToken cancellationToken) => inner.RentAsync(access, cancellationToken);

    protected internal override void Return(DbConnection connection, Access access, bool broken)
    {
        inner.Return(connection, access, broken);
        if (connection != _looking || Then is not { } then) return;
        (_looking, Then) = (null, null);
        // On a thread of its own, and waited for: whoever looked goes on when it has happened.
        Task.Run(then).GetAwaiter().GetResult();
    }

    protected internal override DbCommand CommandFor(DbConnection connection, string text)
    {
        if (Then is not null && text.Contains(After, StringComparison.Ordinal)) _looking = connection;
        return inner.CommandFor(connection, text);
    }

    protected internal override void Release(DbCommand command) => inner.Release(command);

    protected internal override bool IsOutage(DbException exception) => inner.IsOutage(exception);

    protected internal override bool IsConflict(DbException exception) => inner.IsConflict(exception);

    protected internal override Task<T> DetachAsync<T>(Func<Task<T>> work) => inner.DetachAsync(work);
}
