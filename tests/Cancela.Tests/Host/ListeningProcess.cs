using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Cancela.Tests.House;

namespace Cancela.Tests.Host;

/// <summary>
/// A program of this repository as its users run it: a process of its own, on a free port of loopback, in an empty folder.
/// </summary>
internal sealed partial class ListeningProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ListeningProcess(string assembly, string folder)
    {
        Folder = folder;
        var start = new ProcessStartInfo("dotnet", [assembly, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"{assembly} ended:\n{Output}"));
    }

    /// <summary>The folder in which it runs and keeps its data.</summary>
    public string Folder { get; }

    public Uri Address { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <param name="project">The project's folder from the root; it was built with the tests.</param>
    /// <param name="assembly">The name of its assembly.</param>
    public static async Task<ListeningProcess> StartAsync(string project, string assembly)
    {
        // …/bin/<configuration>/net10.0: as the tests were built, so was the program.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var path = Path.Combine(Repository.Root, project, "bin", configuration, "net10.0", assembly + ".dll");
        var running = new ListeningProcess(path, Directory.CreateTempSubdirectory("cancela-process-").FullName);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        running.Address = await running._listening.Task.WaitAsync(Patience);
        return running;
    }

    /// <summary>A browser or a program: keeps its cookies, follows nothing.</summary>
    public TestClient Client() => new(Address);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
        if (NowListening().Match(line) is { Success: true } match) _listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    // The framework's sentence, which a host of one's own logs, and the server's own.
    [GeneratedRegex(@"(?:Now listening on:|Cancela listens on) (http://[^\s,]+)")]
    private static partial Regex NowListening();
}
