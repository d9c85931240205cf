using System.Data.Common;

namespace Cancela.Sql;

/// <summary>Several statements that hold together or not at all.</summary>
public sealed class Transaction
{
    private readonly Rental _rental;
    private readonly CancellationToken _cancellationToken;
    private List<Action>? _afterwards;

    internal Transaction(Rental rental, CancellationToken cancellationToken)
    {
        _rental = rental;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Runs one statement. Returns the number of rows that it changed.</summary>
    public Task<int> RunAsync(Statement statement) => _rental.Run(statement, _cancellationToken);

    /// <summary>The first row of a query or of <c>RETURNING</c>, or <see langword="null"/>.</summary>
    public Task<T?> FirstAsync<T>(Statement statement, Func<DbDataReader, T> row) where T : class =>
        _rental.First(statement, row, _cancellationToken);

    /// <summary>All rows of a query or of <c>RETURNING</c>.</summary>
    public Task<List<T>> AllAsync<T>(Statement statement, Func<DbDataReader, T> row) =>
        _rental.All(statement, row, _cancellationToken);

    /// <summary>Registers what this node must know the moment the transaction holds: before anybody is told that it does.</summary>
    public void OnCommitted(Action action) => (_afterwards ??= []).Add(action);

    internal void Committed() => _afterwards?.ForEach(static action => action());
}
