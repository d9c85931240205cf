using System.CommandLine;
using System.Globalization;
using Cancela.Server.Migration;

namespace Cancela.Server.Commands;

/// <summary><c>migrate --from sqlite:… --to postgres:… [--ahead]</c>: it needs no settings, and leaves no key behind that was not there.</summary>
internal static class MigrateCommand
{
    private const int RowsBetweenWords = 100_000;

    public static Command Build()
    {
        var from = new Option<string>("--from") { Description = "The database that is: sqlite:<file>.", Required = true };
        var to = new Option<string>("--to") { Description = "The database that shall be, empty: postgres:<connection string>.", Required = true };
        var ahead = new Option<bool>("--ahead") { Description = "Copies while a server goes on serving on the source. The last run, without this, takes what changed since." };
        var command = new Command("migrate", "Moves everything from SQLite to PostgreSQL. Nobody is signed out, and who was stays so.") { from, to, ahead };
        command.SetAction((parsed, token) => RunAsync(parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), parsed.GetValue(ahead), token));
        return command;
    }

    private static async Task<int> RunAsync(string fromText, string toText, bool ahead, CancellationToken cancellationToken)
    {
        var folder = Directory.GetCurrentDirectory();
        if (DatabaseAddress.Read(fromText, folder, out _) is not DatabaseAddress.Sqlite(var file))
            return await MisunderstoodAsync("--from takes sqlite:<file>, for example sqlite:data/cancela.db.");
        if (DatabaseAddress.Read(toText, folder, out _) is not DatabaseAddress.Postgres target)
            return await MisunderstoodAsync("--to takes postgres:<connection string>, for example postgres:Host=localhost;Database=cancela;Username=cancela;Password=….");
        try
        {
            await using var database = target.Open(TimeProvider.System);
            var counts = await new Migrator(file, database, TimeProvider.System, Progress()).RunAsync(ahead, cancellationToken);
            await PrintAsync(counts);
            await Shell.Out.WriteLineAsync(ahead
                ? "Copied ahead. Stop the server, run this again without --ahead, and start it with the new database."
                : "The target has everything, and takes the source's place: start with it. No server starts on the source any more.");
            return CommandLine.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await Shell.RefuseAsync("Called off. Run it again: it goes on where it stopped.");
        }
        catch (Exception exception) when (StartFaults.Tells(exception))
        {
            await StartFaults.PrintAsync(exception, Console.Error);
            return CommandLine.Failed;
        }
    }

    // Of each table once more whenever so many rows more were read.
    private static Func<string, long, Task> Progress()
    {
        var told = new Dictionary<string, long>(StringComparer.Ordinal);
        return (table, rows) =>
        {
            if (rows - told.GetValueOrDefault(table) < RowsBetweenWords) return Task.CompletedTask;
            told[table] = rows;
            return Console.Error.WriteLineAsync($"{table}: {Number(rows)} rows");
        };
    }

    private static Task PrintAsync(List<TableCount> counts) => Table.PrintAsync(Shell.Out,
    [
        ["TABLE", "READ", "WRITTEN", "DELETED", "SECONDS"],
        .. counts.Select(static count => (string[])
        [
            count.Table, Number(count.Read), Number(count.Written), Number(count.Deleted), count.Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
        ]),
    ]);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<int> MisunderstoodAsync(string sentence)
    {
        await Console.Error.WriteLineAsync($"{sentence} What there is: {ProgramName.Typed} migrate --help");
        return CommandLine.NotUnderstood;
    }
}
