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

    /// <summary>Requests a second, what each took of the server's processor time, and how many there were.</summary>
    internal readonly record struct Result(double PerSecond, double ProcessorMicroseconds, long Requests);

    /// <summary>Keeps all of a process' threads on the servers' core, and those that they will start.</summary>
    public static Task PinAsync(int processId) => PinAsync(processId, $"{ServersCore}");

    /// <summary>Keeps all of this process' threads on the load's core, until <see cref="UnpinAsync"/>: for a load that is not <c>wrk</c>.</summary>
    public static Task PinSelfAsync() => PinAsync(Environment.ProcessId, $"{Core}");

    public static Task UnpinAsync() => PinAsync(Environment.ProcessId, $"0-{Environment.ProcessorCount - 1}");

    /// <summary>Asks for so many whole seconds.</summary>
    /// <param name="address">Where.</param>
    /// <param name="processId">Whose processor time is asked for.</param>
    /// <param name="header">A header line, or none.</param>
    /// <param name="time">For how long.</param>
    /// <param name="onItsCore">Or on both.</param>
    /// <param name="script">The path of a script that makes the requests.</param>
    /// <exception cref="InvalidOperationException">A request was refused.</exception>
    public static async Task<Result> AskAsync(Uri address, int processId, string? header, TimeSpan time, bool onItsCore = true, string? script = null)
    {
        using var server = Process.GetProcessById(processId);
        string[] pinned = onItsCore ? ["-c", $"{Core}"] : ["-c", $"{ServersCore},{Core}"];
        string[] shown = [.. header is null ? [] : new[] { "-H", header }, .. script is null ? [] : new[] { "-s", script }];
        var before = server.TotalProcessorTime;
        var output = await RunAsync("taskset", [.. pinned, "wrk", "-t1", "--timeout", "10s", $"-c{Connections}", $"-d{(int)time.TotalSeconds}s", .. shown, address.AbsoluteUri]);
        server.Refresh();
        var processor = server.TotalProcessorTime - before;
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal)) throw new InvalidOperationException(output);
        var requests = long.Parse(Requests().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        return new(double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), processor.TotalMicroseconds / requests, requests);
    }

    private static Task<string> PinAsync(int processId, string cores) => RunAsync("taskset", ["-a", "-p", "-c", cores, $"{processId}"]);

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
