using System.CommandLine;
using System.Globalization;
using Cancela.Accounts;
using Cancela.Credentials.Passwords.Foreign;
using Cancela.Server.Import;

namespace Cancela.Server.Commands;

/// <summary><c>import users.csv</c>: accounts of another system, with the hashes of their passwords.</summary>
internal static class ImportCommand
{
    private sealed record Wishes(string File, ImportFormat Format, string Report, FirebaseProject? Firebase);

    public static Command Build(Shell shell)
    {
        var file = new Argument<string>("file") { Description = "What to read: .csv with a line of names (RFC 4180), or .jsonl with an object a line." };
        var format = new Option<string?>("--format") { Description = "csv or jsonl, where the file's name does not say it." };
        var report = new Option<string?>("--report") { Description = "Where to write which lines were refused, and why. Beside the file, with .refused.jsonl behind its name, unless told." };
        var firebase = new FirebaseOptions();
        var command = new Command("import", "Takes over accounts with password hashes of other systems. Run again, it goes on where it stopped.") { file, format, report };
        firebase.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(file) is not { Tokens.Count: 1 } || result.GetValue(file) is not { } path) return; // told by the argument itself
            if (!File.Exists(path)) result.AddError($"There is no file '{path}'.");
            else if (FormatOf(path, result.GetValue(format)) is null) result.AddError("--format takes csv or jsonl, and must be given where the file's name ends in neither.");
            else if (Path.GetFullPath(ReportOf(path, result.GetValue(report))) == Path.GetFullPath(path)) result.AddError("--report must not be the file that is read.");
        });
        command.SetAction((parsed, token) =>
        {
            var path = parsed.GetRequiredValue(file);
            return RunAsync(shell, new(path, FormatOf(path, parsed.GetValue(format))!.Value, ReportOf(path, parsed.GetValue(report)), firebase.Of(parsed)), token);
        });
        return command;
    }

    private static ImportFormat? FormatOf(string path, string? told) => (told ?? Path.GetExtension(path).TrimStart('.').ToLowerInvariant()) switch
    {
        "csv" => ImportFormat.Csv,
        "jsonl" => ImportFormat.JsonLines,
        _ => null,
    };

    private static string ReportOf(string path, string? told) => told ?? path + ".refused.jsonl";

    private static async Task<int> RunAsync(Shell shell, Wishes wishes, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = AccountSource.Of(wishes.File, wishes.Format);
            await source.BeginAsync(cancellationToken);
            return await shell.RunAsync(services => ImportAsync(services, source, wishes, cancellationToken), cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} What there is: {ProgramName.Typed} import --help");
            return CommandLine.NotUnderstood;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await Shell.RefuseAsync(exception.Message);
        }
    }

    private static async Task<int> ImportAsync(IServiceProvider services, AccountSource source, Wishes wishes, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var report = new RefusalReport(wishes.Report);
        using var progress = new ImportProgress(Console.Error, !Console.IsErrorRedirected);
        var clock = services.GetRequiredService<TimeProvider>();
        var lines = new AccountLines(services.GetRequiredService<Roles>(), wishes.Firebase, clock);
        var run = ActivatorUtilities.CreateInstance<ImportRun>(services, new AccountImporter(clock), lines, report, progress);
        try
        {
            await run.RunAsync(source, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.Dispose();
            return await Shell.RefuseAsync($"Called off after {Number(run.Tally.Read)} accounts. Run it again: it goes on where it stopped.");
        }
        progress.Dispose();
        await PrintAsync(run, source, wishes, TimeProvider.System.GetElapsedTime(started));
        return run.Tally.Refused == 0 ? CommandLine.Done : CommandLine.Failed;
    }

    private static async Task PrintAsync(ImportRun run, AccountSource source, Wishes wishes, TimeSpan took)
    {
        var tally = run.Tally;
        await Table.PrintAsync(Shell.Out,
        [
            ["READ", "IMPORTED", "THERE", "REFUSED", "SECONDS"],
            [Number(tally.Read), Number(tally.Imported), Number(tally.There), Number(tally.Refused), took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)],
        ]);
        foreach (var (format, count) in run.Formats) await Shell.Out.WriteLineAsync($"{format}: {Number(count)}");
        if (source.Ignored.Count > 0) await Shell.Out.WriteLineAsync($"Not read: {string.Join(", ", source.Ignored)}.");
        if (tally.Refused > 0) await Shell.Out.WriteLineAsync($"Which lines were refused, and why: {wishes.Report}");
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
