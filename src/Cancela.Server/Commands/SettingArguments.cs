namespace Cancela.Server.Commands;

/// <summary>Tells settings, which the configuration reads, from words, which the command line reads.</summary>
internal static class SettingArguments
{
    // What ASP.NET Core's host reads without a section.
    private static readonly string[] OfTheHost = ["--urls", "--environment", "--contentRoot", "--http_ports", "--https_ports"];

    public static bool IsSetting(string argument)
    {
        var name = argument.Split('=', 2)[0];
        return name.StartsWith("--", StringComparison.Ordinal) && (name.Contains(':', StringComparison.Ordinal) || OfTheHost.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Takes <c>--Name=value</c> and <c>--Name value</c> out. A setting without a value stays among the words, where it is refused.</summary>
    public static (string[] Words, string[] Settings) Split(string[] args)
    {
        List<string> words = [], settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (!IsSetting(args[i])) words.Add(args[i]);
            else if (args[i].Contains('=', StringComparison.Ordinal)) settings.Add(args[i]);
            else if (i + 1 < args.Length) settings.Add($"{args[i]}={args[++i]}");
            else words.Add(args[i]);
        }
        return ([.. words], [.. settings]);
    }
}
