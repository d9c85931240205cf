using System.Diagnostics;

namespace Cancela.Tests.Servers;

/// <summary>
/// A server's process and all that it forks. It stands under a shell that holds a pipe from us: when we end, however we end,
/// the pipe closes, and the shell kills the server and removes its folder. Nothing stays behind a killed run.
/// </summary>
internal sealed class GuardedProcess : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Arguments: the folder, then the command. The server leads a session of its own, so that no Ctrl+C reaches it; its PID is
    /// the first line. The shell lets go of the output: when it ends, the server and its last child have ended.
    /// </summary>
    public const string Guard =
        """
        trap : INT TERM HUP
        folder=$1
        shift
        setsid sh -c 'echo $$; exec "$@"' sh "$@" </dev/null &
        server=$!
        exec >/dev/null 2>&1
        tree() {
          kill -STOP "$1"
          for child in $(cat "/proc/$1/task/$1/children"); do tree "$child"; done
          echo "$1"
        }
        word=
        read -r word
        kill -KILL $(tree "$server")
        wait "$server"
        [ "$word" = keep ] || rm -rf "$folder"
        """;

    private readonly Process _guard;
    private readonly ServerOutput _output = new();

    private GuardedProcess(string folder, IEnumerable<string> command)
    {
        var start = new ProcessStartInfo("sh", ["-c", Guard, "guard", folder, .. command])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        _guard = Process.Start(start)!;
        _guard.OutputDataReceived += (_, line) => _output.Hear(line.Data);
        _guard.ErrorDataReceived += (_, line) => _output.Hear(line.Data, isError: true);
        _guard.BeginOutputReadLine();
        _guard.BeginErrorReadLine();
    }

    /// <summary>Of the server itself: the parent of all its processes.</summary>
    public int Pid { get; private set; }

    /// <summary>The last lines that it wrote.</summary>
    public string Output => _output.ToString();

    /// <summary>Ends when the server and all its children have ended.</summary>
    public Task Gone => _output.Ended;

    /// <summary>Returns when it says that it is ready.</summary>
    /// <param name="folder">Its working folder, removed if we die.</param>
    /// <param name="command">Program and arguments. It must not leave the foreground.</param>
    /// <param name="ready">A part of the line by which it says so.</param>
    public static async Task<GuardedProcess> StartAsync(string folder, IEnumerable<string> command, string ready)
    {
        var process = new GuardedProcess(folder, command);
        try
        {
            process.Pid = int.Parse(await process._output.FirstLine.WaitAsync(Patience));
            await process.SaysAsync(ready);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Returns when a line has held the text, now or before.</summary>
    public async Task SaysAsync(string text)
    {
        await Task.WhenAny(_output.Says(text), Gone).WaitAsync(Patience);
        if (!_output.Says(text).IsCompletedSuccessfully) throw new InvalidOperationException($"It ended before it said '{text}':\n{Output}");
    }

    /// <summary>SIGSTOP to all of it: whoever asks waits, and connections stay.</summary>
    public void Pause() => Tree(Processes.Stop);

    /// <summary>SIGCONT to all of it.</summary>
    public void Resume() => Tree(Processes.Continue);

    /// <summary>SIGKILL to all of it. The folder stays.</summary>
    public void Kill()
    {
        var all = Tree(Processes.Stop);
        foreach (var pid in all) Processes.Signal(pid, Processes.Kill);
        End(keepFolder: true);
    }

    /// <summary>Asks it to stop, as an operator would, and waits until it has. The folder stays.</summary>
    /// <param name="signal">The one by which it is asked.</param>
    public async Task StopAsync(int signal)
    {
        if (!Gone.IsCompleted) Processes.Signal(Pid, signal);
        await Gone.WaitAsync(Patience);
        End(keepFolder: true);
    }

    /// <summary>Kills what still runs, and removes the folder.</summary>
    public void Dispose()
    {
        End(keepFolder: false);
        _guard.Dispose();
    }

    // The parent is stopped before its children are counted: it forks no more.
    private List<int> Tree(int signal)
    {
        var all = new List<int>();
        if (!Gone.IsCompleted) Visit(Pid);
        return all;

        void Visit(int pid)
        {
            Processes.Signal(pid, signal);
            all.Add(pid);
            foreach (var child in Processes.Children(pid)) Visit(child);
        }
    }

    private void End(bool keepFolder)
    {
        try
        {
            if (_guard.HasExited) return;
            if (keepFolder) _guard.StandardInput.WriteLine("keep");
            _guard.StandardInput.Close();
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException)
        {
            return; // Disposed, or its pipe is closed: ended before.
        }
        _guard.WaitForExit((int)Patience.TotalMilliseconds);
        Gone.Wait(Patience);
    }
}
