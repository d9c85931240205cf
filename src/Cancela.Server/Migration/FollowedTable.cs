using Cancela.Sql;

namespace Cancela.Server.Migration;

/// <summary>
/// A table to which rows are only added: the copy remembers how far it came. Positions are handed out one by one on SQLite, and
/// are the copy's own there.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="position">The column that says which row came first.</param>
/// <param name="columns">All others.</param>
internal sealed class FollowedTable(string name, string position, params CopiedColumn[] columns)
{
    private readonly string _names = string.Join(", ", columns.Select(static column => column.Name));
    private readonly string _values = string.Join(", ", columns.Select(static column => "@" + column.Name));

    public string Name { get; } = name;

    public CopiedColumn[] Columns { get; } = [new(position, ColumnKind.Number), .. columns];

    public Statement Page(long after, int limit) => new(
        $"SELECT {position}, {_names} FROM {Name} WHERE {position} > @after ORDER BY {position} LIMIT @limit", ("after", after), ("limit", limit));

    public Statement Write(object?[] row) => new(
        $"INSERT INTO {Name} ({_names}) VALUES ({_values})", [.. columns.Select((column, at) => (column.Name, row[at + 1]))]);
}
