using System.Data.Common;

namespace Cancela.Sql;

/// <summary>Several statements that hold together or not at all.</summary>
public sealed class Transaction
{
    private readonly Rental _rental;
    private readonly CancellationToken _cancellationToken;
    private List<Statement>? _later;
    private List<Action>? _afterwards;
    private List<Func<Task>>? _told;

    internal Transaction(Rental rental, CancellationToken cancellationToken)
    {
        _rental = rental;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether <see cref="GiveUp"/> was said.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <summary>Runs one statement. Returns the number of rows that it changed.</summary>
    public async Task<int> RunAsync(Statement statement)
    {
        await FlushAsync();
        return await _rental.Run(statement, _cancellationToken);
    }

    /// <summary>The first row of a query or of <c>RETURNING</c>, or <see langword="null"/>.</summary>
    public Task<T?> FirstAsync<T>(Statement statement, Func<DbDataReader, T> row) where T : class =>
        _rental.First(TakeLater(), statement, row, _cancellationToken);

    /// <summary>All rows of a query or of <c>RETURNING</c>.</summary>
    public async Task<List<T>> AllAsync<T>(Statement statement, Func<DbDataReader, T> row)
    {
        await FlushAsync();
        return await _rental.All(statement, row, _cancellationToken);
    }

    /// <summary>
    /// Runs a statement whose result nobody waits for: it is sent together with the next one, or before the commit, and
    /// fails with it. It changes rows and returns none.
    /// </summary>
    public void Later(Statement statement) => (_later ??= []).Add(statement);

    /// <summary>Waits until no other transaction that said so runs any more (<see cref="Database.OneAtATime"/>).</summary>
    public Task AloneAsync() => _rental.OneAtATime is { } statement ? RunAsync(statement) : Task.CompletedTask;

    /// <summary>Nothing of this transaction holds: it is rolled back when the work returns, and what the work returns is returned.</summary>
    public void GiveUp() => IsGivenUp = true;

    /// <summary>Registers what this node must know the moment the transaction holds: before anybody is told that it does.</summary>
    public void OnCommitted(Action action) => (_afterwards ??= []).Add(action);

    /// <summary>
    /// Registers what other places are told once the transaction holds, and before its caller hears that it does. It must
    /// not fail: whatever it says, the transaction holds.
    /// </summary>
    public void AfterCommit(Func<Task> telling) => (_told ??= []).Add(telling);

    internal Task FlushAsync() => TakeLater() is { Count: > 0 } later ? _rental.RunTogether(later, _cancellationToken) : Task.CompletedTask;

    internal void Committed()
    {
        if (!IsGivenUp) _afterwards?.ForEach(static action => action());
    }

    internal async Task TellAsync()
    {
        if (IsGivenUp || _told is null) return;
        foreach (var telling in _told) await telling();
    }

    private List<Statement>? TakeLater()
    {
        var later = _later;
        _later = null;
        return later;
    }
}
