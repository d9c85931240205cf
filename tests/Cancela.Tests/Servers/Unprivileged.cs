namespace Cancela.Tests.Servers;

/// <summary>PostgreSQL and PgBouncer refuse to run as root: then they run as <c>postgres</c>, and else as ourselves.</summary>
internal static class Unprivileged
{
    private const string User = "postgres";

    private static readonly bool IsRoot = Environment.UserName == "root";

    /// <summary>We are somebody else than root, or can become so.</summary>
    public static bool IsPossible { get; } =
        !IsRoot || (Programs.Find("setpriv") is not null && File.ReadLines("/etc/passwd").Any(line => line.StartsWith(User + ":", StringComparison.Ordinal)));

    public static IEnumerable<string> Command(IEnumerable<string> command) =>
        IsRoot ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--init-groups", "--", .. command] : command;

    /// <summary>A new folder that belongs to whom the command runs as.</summary>
    public static async Task<string> FolderAsync(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        if (IsRoot) await Programs.RunAsync(["chown", User + ":", folder]);
        return folder;
    }
}
