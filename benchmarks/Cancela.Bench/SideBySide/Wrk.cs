using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cancela.Bench.SideBySide;

/// <summary>The load: <c>wrk</c>, for a bounded time, on one core that is its own.</summary>
internal static partial class Wrk
{
    private const int Connections = 16;
    private const int Core = 1;
    private const int ServersCore = 0;

    /// <summary>Why there is no load; <see langword="null"/>: there is one.</summary>
    public static string? Missing { get; } =
        Environment.ProcessorCount < 2 ? "Two cores are needed: one for the server, one for the load."
        : !Has("wrk") ? "wrk is not installed (apt-get install wrk)."
        : !Has("taskset") ? "taskset is not installed (apt-get install util-linux)."
        : null;

    /// <summary>Requests a second, and what each took of the server's processor time.</summary>
    internal readonly record struct Result(double PerSecond, double ProcessorMicroseconds);

    /// <summary>Keeps all of a process' threads on the servers' core, and those that they will start.</summary>
    public static Task PinAsync(int processId) => RunAsync("taskset", ["-a", "-p", "-c", $"{ServersCore}", $"{processId}"]);

    /// <summary>Asks for so many whole seconds.</summary>
    /// <exception cref="InvalidOperationException">A request was refused.</exception>
    public static async Task<Result> AskAsync(Uri address, int processId, string? header, TimeSpan time, bool onItsCore = true)
    {
        using var server = Process.GetProcessById(processId);
        string[] pinned = onItsCore ? ["-c", $"{Core}"] : ["-c", $"{ServersCore},{Core}"];
        string[] shown = header is null ? [] : ["-H", header];
        var before = server.TotalProcessorTime;
        var output = await RunAsync("taskset", [.. pinned, "wrk", "-t1", $"-c{Connections}", $"-d{(int)time.TotalSeconds}s", .. shown, address.AbsoluteUri]);
        server.Refresh();
        var processor = server.TotalProcessorTime - before;
        if (output.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException(output);
        var requests = double.Parse(Requests().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        return new(double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), processor.TotalMicroseconds / requests);
    }

    private static bool Has(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}{await errors}");
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
