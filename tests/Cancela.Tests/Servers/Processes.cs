using System.Runtime.InteropServices;

namespace Cancela.Tests.Servers;

/// <summary>Other processes, by their PID, as Linux shows them.</summary>
internal static partial class Processes
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15, Continue = 18, Stop = 19;

    /// <summary>Sends a signal. Who has ended hears nothing.</summary>
    public static void Signal(int pid, int signal) => _ = kill(pid, signal);

    /// <summary>Those that it started and that have not ended: by whichever of its threads.</summary>
    public static IReadOnlyList<int> Children(int pid)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{pid}/task").SelectMany(ChildrenOf)];
        }
        catch (IOException)
        {
            return []; // It has ended meanwhile.
        }
    }

    /// <summary>Also when it is paused; not when it has ended and nobody has asked how.</summary>
    public static bool IsRunning(int pid)
    {
        try
        {
            var state = File.ReadAllText($"/proc/{pid}/stat");
            return state[state.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false; // There is no such process.
        }
    }

    private static IEnumerable<int> ChildrenOf(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
        }
        catch (IOException)
        {
            return [];
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int signal);
}
