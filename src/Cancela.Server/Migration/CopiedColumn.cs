using System.Data.Common;
using Cancela.Sql;

namespace Cancela.Server.Migration;

/// <summary>A column, and its values as both databases can hold them: a row that was copied equals its source.</summary>
internal sealed record CopiedColumn(string Name, ColumnKind Kind)
{
    public object? Read(DbDataReader row, int at) => row.IsDBNull(at) ? null : Kind switch
    {
        ColumnKind.Words => StorableText.Of(row.GetString(at)),
        ColumnKind.Number => row.GetInt64(at),
        ColumnKind.Flag => row.GetBoolean(at),
        ColumnKind.Time => Microseconds(row.GetFieldValue<DateTimeOffset>(at)),
        ColumnKind.Id => row.GetGuid(at),
        ColumnKind.Bytes => row.GetFieldValue<byte[]>(at),
        ColumnKind.Subject => Subject(row.GetString(at)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static bool AreEqual(object? one, object? other) =>
        one is byte[] bytes && other is byte[] others ? bytes.AsSpan().SequenceEqual(others) : Equals(one, other);

    // PostgreSQL counts microseconds, SQLite's text has ten times as many digits.
    private static DateTimeOffset Microseconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    // SQLite compares it without regard to case, and its triggers write upper case; PostgreSQL compares it to the letter.
    private static string Subject(string text) => Guid.TryParse(text, out var id) ? id.ToString() : StorableText.Of(text);
}
