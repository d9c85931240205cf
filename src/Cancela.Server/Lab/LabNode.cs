using System.Diagnostics;
using System.Net;
using System.Reflection;

namespace Cancela.Server.Lab;

/// <summary>
/// A server under test, as whoever measures sees it: a process of its own, on a free port. Its standard input is held open by
/// us: it ends when we do, however we end.
/// </summary>
internal sealed class LabNode : IAsyncDisposable
{
    public const string Command = "lab-server";

    private const int LinesKept = 20;
    private static readonly TimeSpan ToStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(1);

    // What would make it another server than the settings say, however it is spelled: the host reads a variable with these prefixes and without, and both separators.
    private static readonly string[] PrefixesOfTheHost = ["DOTNET_", "ASPNETCORE_"];
    private static readonly string[] Sections = ["CANCELA:", "KESTREL:", "LOGGING:", "ALLOWEDHOSTS", "ENVIRONMENT", "URLS", "HTTP_PORTS", "HTTPS_PORTS", "CONTENTROOT", "APPLICATIONNAME", "OTEL_"];

    private readonly Process _process;
    private readonly Queue<string> _errors = [];

    private LabNode(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginErrorReadLine();
    }

    public IPEndPoint Address { get; private set; } = null!;

    /// <summary>The processor time that it has taken since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one. Returns when it listens.</summary>
    /// <param name="folder">Where it looks for files, and finds none.</param>
    /// <param name="settings">All its settings. They go by its environment: there are passwords in them, and everybody sees a command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LabFailedException">It does not start: the message has what it said.</exception>
    public static async Task<LabNode> StartAsync(string folder, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var node = new LabNode(Process.Start(Description(folder, settings)) ?? throw new LabFailedException("A server under test does not start."));
        try
        {
            var listening = await node._process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(ToStart, TimeProvider.System, cancellationToken);
            if (listening is null)
            {
                await node._process.WaitForExitAsync(cancellationToken);
                throw new LabFailedException($"A server under test does not start. {node.Errors}");
            }
            node.Address = IPEndPoint.Parse(new Uri(listening).Authority);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it said last on its standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return string.Join(' ', _errors);
        }
    }

    public LabConnection Connect() => LabConnection.Open(Address);

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(ToEnd, TimeProvider.System);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            // It is busy, or it is gone already.
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private static ProcessStartInfo Description(string folder, IReadOnlyDictionary<string, string> settings)
    {
        var (program, arguments) = Program();
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(Configures).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }

    private static bool Configures(string variable)
    {
        var key = variable.Replace("__", ":", StringComparison.Ordinal);
        foreach (var prefix in PrefixesOfTheHost)
            if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) key = key[prefix.Length..];
        return Sections.Any(section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase));
    }

    // The program that runs now: by itself, or as a file that dotnet was given.
    private static (string Program, string[] Arguments) Program()
    {
        var running = Environment.ProcessPath ?? throw new LabFailedException("This program does not know where its file is.");
        var assembly = Path.Combine(AppContext.BaseDirectory, Assembly.GetExecutingAssembly().GetName().Name + ".dll");
        return Path.GetFileNameWithoutExtension(running).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? (running, [assembly, Command]) : (running, [Command]);
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_errors)
        {
            _errors.Enqueue(line);
            if (_errors.Count > LinesKept) _errors.Dequeue();
        }
    }
}
