using Cancela.Sql;

namespace Cancela.Server.Migration;

/// <summary>Brings a table of the target to what the source has, page by page: the memory is that of a page, whatever the table's size.</summary>
internal sealed class TableCopy(CopySource source, CopyTarget target, TimeProvider clock, Func<string, long, Task> progress)
{
    private const int OnAPage = 1_000;

    /// <summary>Adds what was added since an earlier run. How far it came is written together with the rows.</summary>
    public async Task<TableCount> FollowAsync(FollowedTable table, long after, string positionColumn, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        long read = 0;
        while (true)
        {
            var page = await source.ReadAsync(table.Page(after, OnAPage), row => ValuesOf(row, table.Columns), cancellationToken);
            if (page.Count > 0)
            {
                after = (long)page[^1][0]!;
                await target.WriteAsync(
                    [.. page.Select(table.Write), new Statement($"UPDATE cancela_copy SET {positionColumn} = @position", ("position", after))], cancellationToken);
            }
            await progress(table.Name, read += page.Count);
            if (page.Count < OnAPage) return new(table.Name, read, read, 0, clock.GetElapsedTime(started));
        }
    }

    /// <summary>Writes the rows that differ, and deletes those that are gone.</summary>
    public async Task<TableCount> EqualizeAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        long read = 0, written = 0, deleted = 0;
        var empty = true;
        for (object? after = table.Beginning; after is not null;)
        {
            var page = await source.ReadAsync(table.Page(after, OnAPage), row => ValuesOf(row, table.Columns), cancellationToken);
            var there = await target.ReadAsync(table.Page(after, OnAPage), row => ValuesOf(row, table.Columns), cancellationToken);
            empty &= there.Count == 0;
            // Beyond the end of a full page there may be rows that were not read: what lies behind it is the next round's.
            after = End(page, there);
            var wanted = Until(page, after);
            var had = Until(there, after);

            List<object?[]> changed = [.. wanted.Values.Where(row => !had.TryGetValue(row[0]!, out var old) || !AreEqual(row, old))];
            List<object> gone = [.. had.Keys.Where(key => !wanted.ContainsKey(key))];
            if (changed.Count + gone.Count > 0)
                await target.WriteAsync([.. gone.SelectMany(table.Delete), .. changed.SelectMany(row => table.Write(row, overOthers: !empty))], cancellationToken);
            written += changed.Count;
            deleted += gone.Count;
            await progress(table.Name, read += wanted.Count);
        }
        return new(table.Name, read, written, deleted, clock.GetElapsedTime(started));
    }

    /// <summary>Looks whether as many rows arrived as there are.</summary>
    /// <exception cref="InvalidOperationException">They did not.</exception>
    public async Task CompareAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        var (there, here) = (await source.ReadAsync(table.Count, static row => row.GetInt64(0), cancellationToken),
            await target.ReadAsync(table.Count, static row => row.GetInt64(0), cancellationToken));
        if (there[0] != here[0]) throw new InvalidOperationException($"{table.Name} has {there[0]} rows in the source and {here[0]} in the target: the copy is not finished.");
    }

    private static object?[] ValuesOf(System.Data.Common.DbDataReader row, CopiedColumn[] columns)
    {
        var values = new object?[columns.Length];
        for (var at = 0; at < values.Length; at++) values[at] = columns[at].Read(row, at);
        return values;
    }

    // Null when neither has more. Keys of which there is more than a page are UUIDs or lower-case hexadecimal: every
    // database, whatever its collation, puts them in the order that we compare them in.
    private static object? End(List<object?[]> page, List<object?[]> there)
    {
        var one = page.Count < OnAPage ? null : page[^1][0];
        var other = there.Count < OnAPage ? null : there[^1][0];
        return one is null ? other : other is null || Compare(one, other) < 0 ? one : other;
    }

    private static Dictionary<object, object?[]> Until(List<object?[]> rows, object? end) =>
        rows.Where(row => end is null || Compare(row[0]!, end) <= 0).ToDictionary(static row => row[0]!);

    private static int Compare(object one, object other) => one is Guid id ? id.CompareTo((Guid)other) : string.CompareOrdinal((string)one, (string)other);

    private static bool AreEqual(object?[] one, object?[] other) => !one.Where((value, at) => !CopiedColumn.AreEqual(value, other[at])).Any();
}
