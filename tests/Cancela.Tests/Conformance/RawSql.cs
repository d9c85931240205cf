using Microsoft.Data.Sqlite;

namespace Cancela.Tests.Conformance;

/// <summary>The database as an operator sees it: another connection, plain SQL.</summary>
internal sealed class RawSql(CancelaHost host)
{
    private readonly string _source = $"Data Source={Path.Combine(host.Folder, "test.db")};Pooling=False";

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
            for (var i = 0; i < reader.FieldCount; i++) row[reader.GetName(i)] = await reader.IsDBNullAsync(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }

    public async Task<Dictionary<string, object?>> OneAsync(string sql, params (string Name, object Value)[] parameters) =>
        (await ReadAsync(sql, parameters)).Single();

    public async Task<IReadOnlyList<string>> TablesAsync() =>
        [.. (await ReadAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'cancela%' ORDER BY name")).Select(row => (string)row["name"]!)];

    public async Task<long> CountAsync(string table) => (long)(await OneAsync($"SELECT count(*) AS n FROM {table}"))["n"]!;

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

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(_source);
        await connection.OpenAsync();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // the tests' own texts
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue("@" + name, value);
        return command;
    }
}
