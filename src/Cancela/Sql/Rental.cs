using System.Data.Common;

namespace Cancela.Sql;

/// <summary>A connection while it is taken: runs statements on it and counts them.</summary>
internal readonly struct Rental(Database database, DbConnection connection, DbTransaction? transaction)
{
    public async Task<int> Run(Statement statement, CancellationToken cancellationToken)
    {
        var command = Prepare(statement);
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            database.Release(command);
        }
    }

    public async Task<T?> First<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken) where T : class
    {
        var command = Prepare(statement);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? row(reader) : null;
        }
        finally
        {
            database.Release(command);
        }
    }

    public async Task<List<T>> All<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        var command = Prepare(statement);
        try
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
            return rows;
        }
        finally
        {
            database.Release(command);
        }
    }

    public async Task<int> Each(Statement statement, Action<DbDataReader> row, CancellationToken cancellationToken)
    {
        var command = Prepare(statement);
        try
        {
            var rows = 0;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            for (; await reader.ReadAsync(cancellationToken); rows++) row(reader);
            return rows;
        }
        finally
        {
            database.Release(command);
        }
    }

    private DbCommand Prepare(Statement statement)
    {
        database.Count();
        var command = database.CommandFor(connection, statement.Text);
        command.Transaction = transaction;
        command.Parameters.Clear();
        foreach (var (name, value) in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
