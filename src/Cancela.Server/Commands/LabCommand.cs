using System.CommandLine;
using System.Globalization;
using Cancela.Server.Lab;

namespace Cancela.Server.Commands;

/// <summary><c>lab</c>: session or JWT? Settled by measuring all of them here, on what the settings say.</summary>
internal static class LabCommand
{
    private const string Accounts =
        "The database of these settings has accounts, and a load beside them may be felt by whoever uses it. The lab touches nothing of theirs; to run it all the same: --beside-accounts.";

    /// <param name="settings">Settings from the command line.</param>
    public static Command Build(string[] settings)
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = $"How long the load lasts, all strategies together: {LabPlan.Least} to {LabPlan.Most}. The whole takes up to a minute more.",
            DefaultValueFactory = static _ => LabPlan.Default,
        };
        // What is no number at all is told by the option itself.
        seconds.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out var number) && (number < LabPlan.Least || number > LabPlan.Most)) result.AddError($"--seconds takes {LabPlan.Least} to {LabPlan.Most}.");
        });
        var output = new Option<string>("--output") { Description = $"The folder that {LabFiles.Page} and {LabFiles.Json} are written to.", DefaultValueFactory = static _ => "." };
        var json = new Option<bool>("--json") { Description = $"Prints what {LabFiles.Json} has, instead of the table." };
        var beside = new Option<bool>("--beside-accounts") { Description = "Runs although the database has accounts. Not one of them is touched; who uses it may feel the load." };
        var command = new Command("lab", "Measures the five strategies on this machine and these settings: a table, and a page with plots.") { seconds, output, json, beside };
        command.SetAction((parsed, token) => RunAsync(
            settings, new(parsed.GetValue(seconds), parsed.GetRequiredValue(output), parsed.GetValue(json), parsed.GetValue(beside)), token));
        return command;
    }

    /// <summary>What it starts of itself, once for each strategy.</summary>
    public static Command BuildServer()
    {
        var command = new Command(LabNode.Command, "A server under test.") { Hidden = true };
        command.SetAction(static (_, token) => LabServer.RunAsync(token));
        return command;
    }

    private sealed record Wishes(int Seconds, string Output, bool Json, bool BesideAccounts);

    private static async Task<int> RunAsync(string[] settings, Wishes wishes, CancellationToken cancellationToken)
    {
        try
        {
            var builder = WebApplication.CreateSlimBuilder(settings);
            var server = ServerSettings.Read(builder.Configuration, builder.Environment);
            if (server.Faults.Count > 0) return await Shell.RefuseAsync(string.Join(Environment.NewLine, server.Faults));
            if (SpokenLanguage.Of(builder.Configuration) is not { } language) return await Shell.RefuseAsync("Cancela:Language must be pt-BR or en.");
            await using var store = LabStore.Of(server);
            if (!wishes.BesideAccounts && await store.HasAccountsAsync(cancellationToken)) return await Shell.RefuseAsync(Accounts);
            LabFiles.Ensure(wishes.Output);
            var words = new LabWords(language);
            var report = await MeasureAsync(wishes, store, LabSettings.Of(builder.Configuration), words, cancellationToken);
            await LabFiles.WriteAsync(wishes.Output, report, words, cancellationToken);
            await PrintAsync(report, wishes, words);
            return CommandLine.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await Shell.RefuseAsync("Called off. Nothing of it is left.");
        }
        catch (Exception exception) when (StartFaults.Tells(exception))
        {
            await StartFaults.PrintAsync(exception, Console.Error);
            return CommandLine.Failed;
        }
    }

    private static async Task<LabReport> MeasureAsync(
        Wishes wishes, LabStore store, Dictionary<string, string> settings, LabWords words, CancellationToken cancellationToken)
    {
        string[] profiles = [.. CancelaProfiles.Names];
        var plan = new LabPlan(wishes.Seconds, profiles.Length);
        using var progress = new LabProgress(Console.Error, !Console.IsErrorRedirected, plan, words, store.HasSeveralNodes);
        return await new LabRunner(plan, store, settings, progress).RunAsync(profiles, Typed(wishes), cancellationToken);
    }

    private static string Typed(Wishes wishes) => string.Create(CultureInfo.InvariantCulture, $"{ProgramName.Typed} lab --seconds {wishes.Seconds}");

    private static async Task PrintAsync(LabReport report, Wishes wishes, LabWords words)
    {
        if (wishes.Json)
        {
            await Shell.Out.WriteLineAsync(LabFiles.JsonOf(report));
            return;
        }
        await Table.PrintAsync(Shell.Out,
        [
            [words.English ? "STRATEGY" : "ESTRATÉGIA", .. report.Strategies.Select(static of => of.Profile)],
            .. LabRow.Of(report.Stores).Select(row => (string[])
                [words.English ? row.English : row.Portuguese, .. report.Strategies.Select(of => words.Number(row.Value(of), row.Decimals))]),
        ]);
        foreach (var sentence in LabVerdict.Of(report, words).Append(words.Written(wishes.Output))) await Shell.Out.WriteLineAsync($"{Environment.NewLine}{sentence}");
    }
}
