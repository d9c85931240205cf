using System.Data.Common;
using Cancela.Sql;

namespace Cancela.Tests.Simulation;

/// <summary>One node's driver: what the library believes to be its database.</summary>
internal sealed class SimulatedDatabase(World world, Server server, Line line, TimeProvider clock, Planted planted, bool isDeaf) : Database
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // A server notices that a client is gone when it answers it, or when nobody answers its own questions.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public override LogCursor LogCursor => planted switch
    {
        Planted.NaiveCursor => Server.NaiveCursor,
        Planted.XmaxCursor => Server.XmaxCursor,
        _ => Server.Cursor,
    };

    public override string RowLock => "FOR NO KEY UPDATE";

    public override Statement? OneAtATime => null;

    public override Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Sends a statement. Whoever waits too long, or is called off, never hears what came of it.</summary>
    public async Task<Answer> SendAsync(Backend backend, string text, Values values, CancellationToken cancellationToken)
    {
        var answered = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var errand = Errand.Current;
        await using var timeout = clock.CreateTimer(_ => answered.TrySetException(new Fault("The server brought nothing.")), null, Timeout, System.Threading.Timeout.InfiniteTimeSpan);
        // Some drivers are deaf to cancellation.
        using var calledOff = isDeaf ? default : cancellationToken.UnsafeRegister(static (at, token) => ((TaskCompletionSource<Answer>)at!).TrySetCanceled(token), answered);
        line.Carry(() => server.Execute(backend, text, values, (answer, fault) =>
        {
            errand?.Learn(asked: text.Contains("max(min_version)", StringComparison.Ordinal));
            line.Carry(() => _ = fault is null ? answered.TrySetResult(answer!) : answered.TrySetException(fault));
        }));
        return await answered.Task;
    }

    /// <summary>Says something that is not answered.</summary>
    public void Tell(Backend backend, string text) => line.Carry(() => server.Execute(backend, text, new Values([]), static (_, _) => { }));

    protected internal override async ValueTask<DbConnection> RentAsync(Access access, CancellationToken cancellationToken)
    {
        // From the pool, mostly. A connection whose line was cut meanwhile looks like any other.
        if (world.Chance(line.IsCut ? 50 : 97)) return new Wire(this);
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timeout = clock.CreateTimer(
            _ => connected.TrySetException(new Fault("No connection.")), null, world.Chance(50) ? TimeSpan.FromMilliseconds(3) : Timeout, System.Threading.Timeout.InfiniteTimeSpan);
        using var calledOff = cancellationToken.UnsafeRegister(static (at, token) => ((TaskCompletionSource)at!).TrySetCanceled(token), connected);
        line.Carry(() => line.Carry(() => connected.TrySetResult()));
        await connected.Task;
        return new Wire(this);
    }

    protected internal override void Return(DbConnection connection, Access access, bool broken)
    {
        var wire = (Wire)connection;
        if (broken) line.Carry(() => server.Close(wire.Backend));
        if (broken || wire.HadTransaction) world.After(KeepAlive, () => server.Close(wire.Backend));
    }

    protected internal override DbCommand CommandFor(DbConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    protected internal override void Release(DbCommand command)
    {
    }

    protected internal override bool IsOutage(DbException exception) => exception is Fault { IsConflict: false };

    protected internal override bool IsConflict(DbException exception) => exception is Fault { IsConflict: true };

    protected internal override Task<T> DetachAsync<T>(Func<Task<T>> work) => work();
}
