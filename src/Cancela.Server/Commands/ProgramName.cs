using System.CommandLine;

namespace Cancela.Server.Commands;

/// <summary>What to type to reach this program. <c>./run</c> says so of itself, and the advice can be typed as it stands.</summary>
internal static class ProgramName
{
    private static readonly string? Given = Environment.GetEnvironmentVariable("CANCELA_COMMAND");

    /// <summary>In front of a command.</summary>
    public static string Typed => string.IsNullOrWhiteSpace(Given) ? "dotnet Cancela.Server.dll" : Given;

    /// <summary>In the help, where a name has no spaces.</summary>
    public static string OfHelp => Typed.Any(char.IsWhiteSpace) ? RootCommand.ExecutableName : Typed;
}
