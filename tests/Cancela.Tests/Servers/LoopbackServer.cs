namespace Cancela.Tests.Servers;

/// <summary>A server of somebody else's on a free port of loopback, with a folder of its own. It can be paused, killed and started again.</summary>
/// <param name="folder">Its own, gone with it.</param>
/// <param name="ready">A part of the line by which it says that it is ready.</param>
internal abstract class LoopbackServer(string folder, string ready) : IAsyncDisposable
{
    private GuardedProcess? _process;

    public int Port { get; } = LoopbackPort.Free();

    public string Folder { get; } = folder;

    /// <summary>Of its first process, the parent of the others.</summary>
    public int Pid => Process.Pid;

    /// <summary>The last lines of its log.</summary>
    public string Output => _process?.Output ?? "";

    protected GuardedProcess Process => _process ?? throw new InvalidOperationException("It was never started.");

    /// <summary>What is run, in the foreground.</summary>
    protected abstract IEnumerable<string> Command { get; }

    /// <summary>SIGSTOP to all its processes: connections stay, nothing answers.</summary>
    public void Pause() => Process.Pause();

    public void Resume() => Process.Resume();

    /// <summary>SIGKILL to all its processes.</summary>
    public void Kill() => Process.Kill();

    /// <summary>After a kill or a stop: on the same port, in the same folder.</summary>
    /// <param name="says">What it says when it is ready, where that is something else than otherwise.</param>
    public async Task StartAgainAsync(string? says = null)
    {
        await Process.Gone.WaitAsync(GuardedProcess.Patience);
        await RunAsync(says);
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    public virtual Task StopAsync() => Process.StopAsync(Processes.Terminate);

    public virtual ValueTask DisposeAsync()
    {
        Remove();
        return ValueTask.CompletedTask;
    }

    protected static async Task<T> StartedAsync<T>(T server) where T : LoopbackServer
    {
        try
        {
            await server.RunAsync();
            return server;
        }
        catch
        {
            server.Remove();
            throw;
        }
    }

    /// <summary>One for the whole process, gone at its end. Nobody pauses or kills it.</summary>
    protected static async Task<T> SharedAsync<T>(Task<T> starting) where T : LoopbackServer
    {
        var server = await starting;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Remove();
        return server;
    }

    private async Task RunAsync(string? says = null) => _process = await GuardedProcess.StartAsync(Folder, Command, says ?? ready);

    private void Remove()
    {
        _process?.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
