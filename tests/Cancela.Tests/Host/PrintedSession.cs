using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Cancela.Tests.Host;

/// <summary>
/// A shell session as a document prints it: commands, and after some of them <c>#&gt;</c> lines with what they print, where
/// <c>…</c> stands for anything.
/// </summary>
internal static class PrintedSession
{
    private const string Mark = "#> ";
    private const string Between = "--- what the document shows ends here ---";

    /// <summary>The commands with a mark printed after each that has its output shown, and the outputs.</summary>
    public static (string Script, List<string> Outputs) Read(string code)
    {
        List<string> script = [];
        List<string> outputs = [];
        var lines = code.TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Mark, StringComparison.Ordinal)) script.Add(lines[i]);
            else if (i > 0 && lines[i - 1].StartsWith(Mark, StringComparison.Ordinal)) outputs[^1] += "\n" + lines[i][Mark.Length..];
            else
            {
                outputs.Add(lines[i][Mark.Length..]);
                script.Add($"printf '\\n%s\\n' '{Between}'");
            }
        }
        return (string.Join('\n', script), outputs);
    }

    /// <summary>Runs it in bash; what it printed differently is a fault.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string code, string folder)
    {
        var (script, expected) = Read(code);
        var file = Path.Combine(folder, "session.sh");
        await File.WriteAllTextAsync(file, script);
        var start = new ProcessStartInfo("bash", ["-eu", file]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync();
        var printed = (await bash.StandardOutput.ReadToEndAsync()).Split("\n" + Between + "\n");
        await bash.WaitForExitAsync();
        List<string> faults = [];
        if (bash.ExitCode != 0) faults.Add($"bash ended with {bash.ExitCode}: {await errors}");
        for (var i = 0; i < expected.Count; i++)
        {
            var actual = i < printed.Length - 1 ? printed[i].Trim('\n') : null;
            if (actual is null || !IsLike(actual, expected[i])) faults.Add($"shown:   {expected[i]}\nprinted: {actual ?? "(it did not get there)"}");
        }
        return faults;
    }

    public static bool IsLike(string actual, string shown) =>
        Regex.IsMatch(actual, @"\A" + string.Join(".*", shown.Split('…').Select(Regex.Escape)) + @"\z", RegexOptions.Singleline);
}
