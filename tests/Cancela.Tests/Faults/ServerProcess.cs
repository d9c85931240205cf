using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Cancela.Tests.Faults;

/// <summary>The real server in a process of its own, on a free port of loopback. Its working directory holds its database.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>Starts it. Returns when it listens: it says so on its standard output, and nobody has to wait a fixed time.</summary>
    /// <param name="folder">Working directory and content root: the database is <c>data/cancela.db</c> below it.</param>
    /// <param name="settings">Settings below <c>Cancela:</c>, given as environment variables.</param>
    public static Task<ServerProcess> StartAsync(string folder, IReadOnlyDictionary<string, string>? settings = null) =>
        StartAsync(Path.Combine(AppContext.BaseDirectory, "Cancela.Server.dll"), folder, settings);

    /// <summary>Starts an assembly that takes the server's arguments.</summary>
    public static async Task<ServerProcess> StartAsync(string assembly, string folder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var process = Process.Start(StartInfo(assembly, folder, settings ?? new Dictionary<string, string>()))!;
        // Read to the end in any case: a full pipe would stop the server.
        _ = process.StandardError.ReadToEndAsync();
        var heard = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            heard.Add(line);
            if (Listening().Match(line) is not { Success: true } match) continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new ServerProcess(process, new Uri(match.Value));
        }
        process.Dispose();
        throw new InvalidOperationException("The server ended before it listened:\n" + string.Join('\n', heard));
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public void Kill() => _process.Kill();

    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    /// <summary>SIGTERM, as a service manager would, and the end of the process.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string assembly, string folder, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings) start.Environment["Cancela__" + name.Replace(":", "__")] = value;
        return start;
    }

    // The port is the one that it got, and not the 0 that asked for any.
    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Listening();
}
