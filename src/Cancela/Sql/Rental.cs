using System.Data.Common;

namespace Cancela.Sql;

/// <summary>A connection while it is taken: runs statements on it and counts how often the database is asked.</summary>
internal readonly struct Rental(Database database, DbConnection connection, DbTransaction? transaction)
{
    public Statement? OneAtATime => database.OneAtATime;

    public async Task<int> Run(Statement statement, CancellationToken cancellationToken)
    {
        var command = Prepare(statement);
        try
        {
            database.Count();
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            database.Release(command);
        }
    }

    /// <summary>Runs several that return no rows: in one round trip where the driver can.</summary>
    public async Task RunTogether(List<Statement> statements, CancellationToken cancellationToken)
    {
        database.Count();
        if (statements.Count > 1 && connection.CanCreateBatch)
        {
            await using var batch = Batch(statements);
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return;
        }
        await RunEach(statements, cancellationToken);
    }

    /// <summary>Runs some that return no rows, and a last one that does: in one round trip where the driver can.</summary>
    public async Task<T?> First<T>(List<Statement>? before, Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken) where T : class
    {
        if (before is null) return await First(statement, row, cancellationToken);
        if (!connection.CanCreateBatch)
        {
            await RunEach(before, cancellationToken);
            return await First(statement, row, cancellationToken);
        }
        database.Count();
        await using var batch = Batch([.. before, statement]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await First(reader, row, cancellationToken);
    }

    public async Task<T?> First<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken) where T : class
    {
        var command = Prepare(statement);
        try
        {
            database.Count();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await First(reader, row, cancellationToken);
        }
        finally
        {
            database.Release(command);
        }
    }

    public async Task<List<T>> All<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await Each(statement, reader => rows.Add(row(reader)), cancellationToken);
        return rows;
    }

    public async Task<int> Each(Statement statement, Action<DbDataReader> row, CancellationToken cancellationToken)
    {
        var command = Prepare(statement);
        try
        {
            database.Count();
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

    private static async Task<T?> First<T>(DbDataReader reader, Func<DbDataReader, T> row, CancellationToken cancellationToken) where T : class
    {
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var first = row(reader);
        // A statement that writes and returns commits when it ends, which may still fail: the row alone is no success.
        while (await reader.ReadAsync(cancellationToken))
        {
        }
        return first;
    }

    private async Task RunEach(List<Statement> statements, CancellationToken cancellationToken)
    {
        foreach (var statement in statements)
        {
            var command = Prepare(statement);
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            finally
            {
                database.Release(command);
            }
        }
    }

    private DbBatch Batch(List<Statement> statements)
    {
        var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var statement in statements)
        {
            var command = batch.CreateBatchCommand();
            var numbered = database.NumbersParameters ? NumberedText.Of(statement) : null;
#pragma warning disable CA2100 // The text is a Statement's: a constant, with its values in parameters.
            command.CommandText = numbered?.Text ?? statement.Text;
#pragma warning restore CA2100
            if (numbered is not null) Number(command.Parameters, command.CreateParameter, numbered, statement);
            else
            {
                Declare(command.Parameters, command.CreateParameter, statement.Parameters);
                Fill(command.Parameters, statement.Parameters);
            }
            batch.BatchCommands.Add(command);
        }
        return batch;
    }

    private DbCommand Prepare(Statement statement)
    {
        var numbered = database.NumbersParameters ? NumberedText.Of(statement) : null;
        var command = database.CommandFor(connection, numbered?.Text ?? statement.Text);
        command.Transaction = transaction;
        if (numbered is not null)
        {
            Number(command.Parameters, command.CreateParameter, numbered, statement);
            return command;
        }
        // A command that was kept knows its parameters from the last time; only the values are new.
        if (!Declares(command.Parameters, statement.Parameters)) Declare(command.Parameters, command.CreateParameter, statement.Parameters);
        Fill(command.Parameters, statement.Parameters);
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

    private static void Declare(DbParameterCollection declared, Func<DbParameter> create, (string Name, object? Value)[] wanted)
    {
        declared.Clear();
        foreach (var (name, _) in wanted)
        {
            var parameter = create();
            // With its prefix, or SQLite's driver looks it up under four spellings at each execution.
            parameter.ParameterName = "@" + name;
            declared.Add(parameter);
        }
    }

    private static void Fill(DbParameterCollection declared, (string Name, object? Value)[] wanted)
    {
        for (var i = 0; i < wanted.Length; i++) declared[i].Value = ValueOf(wanted[i].Value);
    }

    private static void Number(DbParameterCollection declared, Func<DbParameter> create, NumberedText text, Statement statement)
    {
        declared.Clear();
        for (var number = 0; number < text.Count; number++)
        {
            var parameter = create();
            parameter.Value = ValueOf(text.ValueOf(statement, number));
            declared.Add(parameter);
        }
    }

    // Times are stored in UTC: SQLite compares them as text, and PostgreSQL's driver takes no other offset.
    private static object ValueOf(object? value) => value switch
    {
        null => DBNull.Value,
        string text => StorableText.Of(text),
        DateTimeOffset { Offset.Ticks: not 0 } at => at.ToUniversalTime(),
        _ => value,
    };
}
