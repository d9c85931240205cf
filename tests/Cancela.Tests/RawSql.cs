using System.Data.Common;
using Cancela.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Cancela.Tests;

/// <summary>The database as an operator sees it: another connection, plain SQL.</summary>
/// <param name="connect">A connection, closed.</param>
/// <param name="tables">Asks for the names of our tables, in their order.</param>
internal sealed class RawSql(Func<DbConnection> connect, string tables)
{
    /// <param name="file">Of SQLite.</param>
    public RawSql(string file) : this(
        () => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString),
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'cancela%' ORDER BY name")
    {
    }

    public async Task<int> RunAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<List<Dictionary<string, object?>>> ReadAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
        {
            var row = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < reader.FieldCount; i++) row[reader.GetName(i)] = await reader.IsDBNullAsync(i) ? null : Plain(reader.GetValue(i));
            rows.Add(row);
        }
        return rows;
    }

    public async Task<Dictionary<string, object?>> OneAsync(string sql, params (string Name, object Value)[] parameters) =>
        (await ReadAsync(sql, parameters)).Single();

    public Task<IReadOnlyList<string>> TablesAsync() => ColumnAsync(tables);

    public Task<int> CountAsync(string table) => NumberAsync($"SELECT count(*) FROM {table}");

    /// <summary>The one number that is asked for.</summary>
    public async Task<int> NumberAsync(string sql) => int.Parse((await ColumnAsync(sql)).Single());

    /// <summary>The first column of each row, as text.</summary>
    public async Task<IReadOnlyList<string>> ColumnAsync(string sql) => [.. (await ReadAsync(sql)).Select(row => row.Values.First()!.ToString()!)];

    /// <summary>Every value of every table, as text; bytes in hexadecimal.</summary>
    public async Task<IReadOnlyList<string>> EveryCellAsync()
    {
        var cells = new List<string>();
        foreach (var table in await TablesAsync())
        {
            foreach (var row in await ReadAsync($"SELECT * FROM {table}"))
                cells.AddRange(row.Values.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : value?.ToString() ?? ""));
        }
        return cells;
    }

    public static DateTimeOffset Time(object? cell) => DateTimeOffset.Parse((string)cell!);

    // The types that SQLite has, whatever the database: numbers, texts, bytes.
    private static object Plain(object cell) => cell switch
    {
        bool flag => flag ? 1L : 0L,
        int number => (long)number,
        Guid id => id.ToString().ToUpperInvariant(),
        DateTime time => new DateTimeOffset(time).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz"),
        _ => cell,
    };

    private async Task<DbConnection> OpenAsync()
    {
        SqliteLibrary.Load();
        var connection = connect();
        await connection.OpenAsync();
        return connection;
    }

    private static DbCommand Command(DbConnection connection, string sql, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // the tests' own texts
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            parameter.Value = value;
            // A word at a shell has no type: it is what the column is.
            if (value is string && parameter is NpgsqlParameter word) word.NpgsqlDbType = NpgsqlDbType.Unknown;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
