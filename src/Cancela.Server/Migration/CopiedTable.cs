using Cancela.Sql;

namespace Cancela.Server.Migration;

/// <summary>A table whose rows change, come and go: the copy is made equal to it, row by row.</summary>
/// <param name="name">Its name.</param>
/// <param name="columns">All of them; the first is the key.</param>
internal sealed class CopiedTable(string name, params CopiedColumn[] columns)
{
    private readonly string _names = string.Join(", ", columns.Select(static column => column.Name));
    private readonly string _values = string.Join(", ", columns.Select(static column => "@" + column.Name));
    private readonly string _set = string.Join(", ", columns.Skip(1).Select(static column => $"{column.Name} = excluded.{column.Name}"));

    public string Name { get; } = name;

    public CopiedColumn[] Columns { get; } = columns;

    /// <summary>What is done in the copy before a row is written over another.</summary>
    public Func<object?[], Statement>? Before { get; init; }

    /// <summary>What is done in the copy before a row is deleted.</summary>
    public string? BeforeDelete { get; init; }

    /// <summary>Below every key.</summary>
    public object Beginning => Columns[0].Kind == ColumnKind.Id ? Guid.Empty : "";

    public Statement Page(object after, int limit) => new(
        $"SELECT {_names} FROM {Name} WHERE {Columns[0].Name} > @after ORDER BY {Columns[0].Name} LIMIT @limit", ("after", after), ("limit", limit));

    public Statement Count => new($"SELECT count(*) FROM {Name}");

    public IEnumerable<Statement> Write(object?[] row, bool overOthers)
    {
        (string, object?)[] values = [.. Columns.Select((column, at) => (column.Name, row[at]))];
        if (overOthers && Before is not null) yield return Before(row);
        yield return new($"INSERT INTO {Name} ({_names}) VALUES ({_values}) ON CONFLICT ({Columns[0].Name}) DO UPDATE SET {_set}", values);
    }

    public IEnumerable<Statement> Delete(object key)
    {
        (string, object?) value = (Columns[0].Name, key);
        if (BeforeDelete is not null) yield return new(BeforeDelete, value);
        yield return new($"DELETE FROM {Name} WHERE {Columns[0].Name} = @{Columns[0].Name}", value);
    }
}
