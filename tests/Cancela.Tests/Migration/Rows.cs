using System.Globalization;
using Npgsql;

namespace Cancela.Tests.Migration;

/// <summary>Rows as either database has them, written alike: every column there is, but a position, which is each database's own.</summary>
internal static class Rows
{
    private static readonly string[] Own = ["position"];

    public static async Task<List<string>> OfAsync(RawSql source, string table) =>
        [.. (await source.ReadAsync($"SELECT * FROM {table}")).Select(row => Text(table, row.Select(static cell => (cell.Key, Value(cell.Key, Spelled(cell.Value))))))];

    public static async Task<List<string>> OfAsync(string target, string table)
    {
        await using var connection = new NpgsqlConnection(target + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT * FROM {table}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(Text(table, Enumerable.Range(0, reader.FieldCount).Select(at =>
                (reader.GetName(at), Value(reader.GetName(at), reader.IsDBNull(at) ? null : reader.GetValue(at))))));
        }
        return rows;
    }

    private static string Text(string table, IEnumerable<(string Column, string Value)> cells) => string.Join(" | ", cells
        .Where(cell => !Own.Contains(cell.Column) && !(table == "cancela_audit" && cell.Column == "id"))
        .OrderBy(static cell => cell.Column, StringComparer.Ordinal).Select(static cell => $"{cell.Column}={cell.Value}"));

    private static string Value(string column, object? value) => value switch
    {
        null => "NULL",
        byte[] bytes => Convert.ToHexString(bytes),
        bool flag => flag ? "1" : "0",
        DateTime time => Time(new DateTimeOffset(time, TimeSpan.Zero)),
        string text when IsTime(column) => Time(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // What SQLite takes and PostgreSQL would not: IDs in any case, and U+0000.
    private static object? Spelled(object? value) => value is not string text ? value
        : Guid.TryParseExact(text, "D", out var id) ? id.ToString() : text.Replace('\0', '\uFFFD');

    private static bool IsTime(string column) => column is "at" or "until" || column.EndsWith("_until", StringComparison.Ordinal) || column.EndsWith("_at", StringComparison.Ordinal);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
