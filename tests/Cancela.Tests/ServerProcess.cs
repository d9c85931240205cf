using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Cancela.Tests;

/// <summary>The real server, or a program that is started like it: a process of its own, on a free port of loopback.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Server = Path.Combine(AppContext.BaseDirectory, "Cancela.Server.dll");

    // What would send it elsewhere than the arguments say, or make it another's.
    private static readonly string[] Unset = ["DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "DOTNET_URLS", "URLS", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        // Both are read for as long as it lives: a full pipe would stop it.
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>What it said until now, on both pipes; all of it once it has stopped.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts it. Returns when it says that it listens: nobody has to wait a fixed time.</summary>
    /// <param name="folder">Its working folder, and with it where it keeps its data.</param>
    /// <param name="arguments">Beside the address: settings as <c>--Cancela:Name=value</c>.</param>
    /// <param name="environment">Variables to set, or with null to unset. Development, unless said.</param>
    /// <param name="program">The built assembly, when it is not the server.</param>
    public static async Task<ServerProcess> StartAsync(
        string folder, IEnumerable<string>? arguments = null, IReadOnlyDictionary<string, string?>? environment = null, string? program = null)
    {
        var server = new ServerProcess(Launch(program ?? Server, ["--urls", "http://127.0.0.1:0", .. arguments ?? []], folder, environment));
        try
        {
            server.Address = await server.ListensAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the server's program to its end: a command, or a start that fails.</summary>
    public static async Task<Ended> RunAsync(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? input = null, TimeSpan? longest = null)
    {
        using var process = Launch(Server, arguments, folder, environment, input);
        using var patience = new CancellationTokenSource(longest ?? Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Ended(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Launch(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?>? environment, string? input = null)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var name in Unset) start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        if (input is not null) process.StandardInput.WriteLine(input);
        process.StandardInput.Close();
        return process;
    }

    private async Task<Uri> ListensAsync()
    {
        await Task.WhenAny(_listening.Task, _process.WaitForExitAsync()).WaitAsync(Patience);
        return _listening.Task.IsCompleted ? await _listening.Task : throw new InvalidOperationException("It ended before it listened:\n" + Output);
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
        if (Listening().Match(line) is { Success: true } match) _listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    // The server's own sentence, and the framework's, which a host of one's own logs.
    [GeneratedRegex(@"(?:Cancela listens on|Now listening on:) (http://[^\s,]+)")]
    private static partial Regex Listening();
}

/// <summary>What a program left behind.</summary>
internal sealed record Ended(int Code, string Output, string Errors);
