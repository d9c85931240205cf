using System.Diagnostics;
using System.Text;

namespace Cancela.Tests.Server;

/// <summary>The real server: its own process, on a free port of loopback, in a folder of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listens = "Cancela listens on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Cancela.Server.dll");

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>What it said until it listened, and the lines after that once it has stopped.</summary>
    public string Output => _output.ToString();

    public static async Task<ServerProcess> StartAsync(ServerFolder folder, params string[] arguments)
    {
        var server = new ServerProcess(Launch(folder, ["--urls", "http://127.0.0.1:0", .. arguments], null));
        using var patience = new CancellationTokenSource(Patience);
        while (await server._process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            server._output.AppendLine(line);
            if (!line.StartsWith(Listens, StringComparison.Ordinal)) continue;
            server.Address = new Uri(line[Listens.Length..].Split(',')[0]);
            return server;
        }
        throw new InvalidOperationException("The server did not start: " + await server._errors);
    }

    /// <summary>Runs the program to its end: a command, or a start that fails.</summary>
    public static async Task<Ended> RunAsync(ServerFolder folder, string[] arguments, string? input = null)
    {
        using var process = Launch(folder, arguments, input);
        using var patience = new CancellationTokenSource(Patience);
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

    public TestClient Client() => new(Address);

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        using var patience = new CancellationTokenSource(Patience);
        _output.Append(await _process.StandardOutput.ReadToEndAsync(patience.Token));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Launch(ServerFolder folder, string[] arguments, string? input)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in folder.Environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        if (input is not null) process.StandardInput.WriteLine(input);
        process.StandardInput.Close();
        return process;
    }
}

/// <summary>What a program left behind.</summary>
internal sealed record Ended(int Code, string Output, string Errors);
