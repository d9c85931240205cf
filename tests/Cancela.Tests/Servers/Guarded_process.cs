using System.Diagnostics;
using Xunit;

namespace Cancela.Tests.Servers;

public sealed class Guarded_process
{
    [Fact]
    public async Task When_its_holder_is_killed_the_server_its_children_and_its_folder_go()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Servers are started on Linux only.");
        var folder = Directory.CreateTempSubdirectory("cancela-guard-");
        var pipe = Path.Combine(folder.FullName, "pipe");
        var owned = folder.CreateSubdirectory("owned");
        await Programs.RunAsync(["mkfifo", pipe]);
        // The holder stands for us: all that the guard knows of it is the pipe.
        using var holder = Process.Start("sh", ["-c", "exec sleep 600 >\"$0\"", pipe]);
        using var guard = Process.Start(new ProcessStartInfo(
            "sh", ["-c", "exec sh -c \"$0\" guard \"$@\" <\"$PIPE\"", GuardedProcess.Guard, owned.FullName, "sh", "-c", "sleep 600 & echo $!; wait"])
        {
            RedirectStandardOutput = true, Environment = { ["PIPE"] = pipe },
        })!;
        int[] pids = [await NumberAsync(guard), await NumberAsync(guard)];
        Assert.All(pids, pid => Assert.True(Processes.IsRunning(pid)));

        holder.Kill();
        await guard.WaitForExitAsync().WaitAsync(GuardedProcess.Patience);

        Assert.Null(await guard.StandardOutput.ReadLineAsync());
        Assert.All(pids, pid => Assert.False(Processes.IsRunning(pid)));
        Assert.False(Directory.Exists(owned.FullName));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task One_that_ends_before_it_is_ready_is_told_with_its_last_words()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Servers are started on Linux only.");
        var folder = Directory.CreateTempSubdirectory("cancela-guard-").FullName;

        var told = await Assert.ThrowsAsync<InvalidOperationException>(
            () => GuardedProcess.StartAsync(folder, ["sh", "-c", "echo no such port >&2; exit 1"], "ready"));

        Assert.Contains("no such port", told.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_second_server_does_not_hold_the_first()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Servers are started on Linux only.");
        var first = await SleeperAsync();
        using var second = await SleeperAsync();

        first.Dispose();

        Assert.False(Processes.IsRunning(first.Pid));
        Assert.True(Processes.IsRunning(second.Pid));
    }

    private static Task<GuardedProcess> SleeperAsync() => GuardedProcess.StartAsync(
        Directory.CreateTempSubdirectory("cancela-guard-").FullName, ["sh", "-c", "echo ready; exec sleep 600"], "ready");

    private static async Task<int> NumberAsync(Process process) =>
        int.Parse((await process.StandardOutput.ReadLineAsync().WaitAsync(GuardedProcess.Patience))!);
}
