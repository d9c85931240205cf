using System.Diagnostics;

namespace Cancela.Tests.Servers;

/// <summary>What is installed, and what ends by itself.</summary>
internal static class Programs
{
    // Debian's servers stand where the path of a user does not look.
    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/local/sbin"];

    /// <returns>The full path, or null where it is not installed.</returns>
    public static string? Find(string name) => OperatingSystem.IsLinux() ? Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) : null;

    /// <returns>What it printed. Anything but success is an exception with all that it said.</returns>
    public static async Task<string> RunAsync(IReadOnlyList<string> command)
    {
        // Of a folder that everybody may be in, whoever the command becomes.
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(GuardedProcess.Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? await output
                : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}:\n{await output}{await errors}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
