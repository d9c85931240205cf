using System.Data.Common;
using Cancela.Sql;

namespace Cancela.Tests.Revocation;

/// <summary>A real database behind a line that a test cuts, holds up or slows down.</summary>
internal sealed class CutOffDatabase(Database inner) : Database
{
    /// <summary>True: no connection.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whoever asks for a connection waits for it, deaf to cancellation, as a bad driver is.</summary>
    public Task Line { get; set; } = Task.CompletedTask;

    /// <summary>Runs before each connection is handed out.</summary>
    public Action Meanwhile { get; set; } = static () => { };

    /// <summary>Ends when somebody asked for a connection.</summary>
    public TaskCompletionSource Asked { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override LogCursor LogCursor => inner.LogCursor;

    public override string RowLock => inner.RowLock;

    public override Statement? OneAtATime => inner.OneAtATime;

    public override Task PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected internal override async ValueTask<DbConnection> RentAsync(Access access, CancellationToken cancellationToken)
    {
        Asked.TrySetResult();
        await Line;
        Meanwhile();
        return IsCut ? throw new StoreUnavailableException("Cut off.") : await inner.RentAsync(access, cancellationToken);
    }

    protected internal override void Return(DbConnection connection, Access access, bool broken) => inner.Return(connection, access, broken);

    protected internal override bool NumbersParameters => inner.NumbersParameters;

    protected internal override DbCommand CommandFor(DbConnection connection, string text) => inner.CommandFor(connection, text);

    protected internal override void Release(DbCommand command) => inner.Release(command);

    protected internal override bool IsOutage(DbException exception) => inner.IsOutage(exception);

    protected internal override bool IsConflict(DbException exception) => inner.IsConflict(exception);

    protected internal override Task<T> DetachAsync<T>(Func<Task<T>> work) => inner.DetachAsync(work);
}
