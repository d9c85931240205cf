using System.CommandLine;
using System.CommandLine.Help;

namespace Cancela.Server.Commands;

/// <summary>
/// The command line: what the process was started for. Settings (<c>--Cancela:Database=…</c>) may stand anywhere. Exit codes: 0
/// done, 1 refused or failed, 2 not understood.
/// </summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int NotUnderstood = 2;

    // After Ctrl+C, until the process ends whether a command has put in order what it began or not.
    private static readonly TimeSpan ToPutInOrder = TimeSpan.FromSeconds(10);

    private static readonly string[] Questions = ["--help", "-h", "-?", "/?", "--version"];

    public static async Task<int> RunAsync(string[] args)
    {
        if (IsServe(args)) return await ServeCommand.RunAsync(args is ["serve", .. var settings] ? settings : args);
        var (words, settingsOfCommand) = SettingArguments.Split(args);
        var parsed = Tree(settingsOfCommand).Parse(words);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = ToPutInOrder });
        await Console.Error.WriteLineAsync(Misunderstanding.Of(words, parsed));
        return NotUnderstood;
    }

    private static bool IsServe(string[] args) =>
        !args.Any(Questions.Contains) && (args.Length == 0 || args[0] == "serve" || (SettingArguments.IsSetting(args[0]) && SettingArguments.Split(args).Words.Length == 0));

    // No RootCommand: that one is always called as its file is.
    private static Command Tree(string[] settings)
    {
        var shell = new Shell(settings);
        return new(ProgramName.OfHelp, "Cancela: sessions and tokens. Without a command it serves; settings are given as --urls http://localhost:6000.")
        {
            new HelpOption(), new VersionOption(),
            new Command("serve", "Serves until Ctrl+C or SIGTERM. The default."),
            UserCommands.Build(shell),
            ImportCommand.Build(shell),
            SessionCommands.Build(shell),
            KeyCommands.Build(shell),
            MigrateCommand.Build(),
            LabCommand.Build(settings),
            LabCommand.BuildServer(),
            AdviseCommand.Build(settings),
        };
    }
}
