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
            if (!await reader.ReadAsync(cancellationToken)) return null;
            var first = row(reader);
            // A statement that writes and returns commits when it ends, which may still fail: the row alone is no success.
            while (await reader.ReadAsync(cancellationToken))
            {
            }
            return first;
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
        // A command that was kept knows its parameters from the last time; only the values are new.
        if (!Declares(command.Parameters, statement.Parameters)) Declare(command, statement.Parameters);
        for (var i = 0; i < statement.Parameters.Length; i++) command.Parameters[i].Value = ValueOf(statement.Parameters[i].Value);
        return command;
    }

    private static bool Declares(DbParameterCollection declared, (string Name, object? Value)[] wanted)
    {
        if (declared.Count != wanted.Length) return false;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!declared[i].ParameterName.AsSpan(1).SequenceEqual(wanted[i].Name)) return false;
        }
        return true;
    }

    private static void Declare(DbCommand command, (string Name, object? Value)[] wanted)
    {
        command.Parameters.Clear();
        foreach (var (name, _) in wanted)
        {
            var parameter = command.CreateParameter();
            // With its prefix, or SQLite's driver looks it up under four spellings at each execution.
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }
    }

    // Times are stored in UTC: SQLite compares them as text, and PostgreSQL's driver takes no other offset.
    private static object ValueOf(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset { Offset.Ticks: not 0 } at => at.ToUniversalTime(),
        _ => value,
    };
}
