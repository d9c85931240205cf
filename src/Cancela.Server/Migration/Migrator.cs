using System.Security.Cryptography;
using System.Text;
using Cancela.Sql;

namespace Cancela.Server.Migration;

/// <summary>
/// Makes a database the copy of a SQLite file. Ahead, while a server goes on writing the file, as often as one likes; and a
/// last time with the file for itself, after which the copy takes its place.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="database">The copy.</param>
/// <param name="clock">Says what took how long.</param>
/// <param name="progress">Hears how many rows of a table were read.</param>
internal sealed class Migrator(string file, Database database, TimeProvider clock, Func<string, long, Task> progress)
{
    public async Task<List<TableCount>> RunAsync(bool ahead, CancellationToken cancellationToken)
    {
        await using var source = await CopySource.OpenAsync(file, alone: !ahead, cancellationToken);
        var target = new CopyTarget(database, clock);
        await target.ClaimAsync(NameOf(file), source.IsMoved, cancellationToken);

        var copy = new TableCopy(source, target, clock, progress);
        var (logPosition, auditPosition) = await target.PositionsAsync(cancellationToken);
        List<TableCount> counts = [await copy.FollowAsync(CopiedTables.Log, logPosition, "log_position", cancellationToken)];
        foreach (var table in CopiedTables.All) counts.Add(await copy.EqualizeAsync(table, cancellationToken));
        counts.Add(await copy.FollowAsync(CopiedTables.Audit, auditPosition, "audit_position", cancellationToken));
        if (ahead) return counts;

        foreach (var table in CopiedTables.All) await copy.CompareAsync(table, cancellationToken);
        // In this order: there is no moment at which a server could start on either of them.
        await source.RetireAsync(clock.GetUtcNow(), cancellationToken);
        await target.OpenAsync(cancellationToken);
        return counts;
    }

    private static string NameOf(string file) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(file))));
}
