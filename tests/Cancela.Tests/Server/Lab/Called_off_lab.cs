using System.Diagnostics;
using Cancela.Tests.Servers;
using Xunit;

namespace Cancela.Tests.Server.Lab;

/// <summary>A lab that does not come to its end.</summary>
[Collection(LabRun.OneAtATime)]
public sealed class Called_off_lab : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServerFolder _folder = new();

    [Theory]
    [InlineData(Processes.Interrupt)]
    [InlineData(Processes.Terminate)]
    public async Task It_ends_with_1_and_leaves_nothing(int signal)
    {
        using var lab = Start();
        await WarmsUpAsync(lab);
        var servers = Processes.Children(lab.Id);
        Assert.Equal(5, servers.Count);
        Processes.Signal(lab.Id, signal);
        var errors = await lab.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await lab.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(1, lab.ExitCode);
        Assert.Contains("Called off", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(servers, Processes.IsRunning);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Killed_it_takes_its_servers_with_it_and_the_next_one_removes_what_it_left()
    {
        using var lab = Start();
        await WarmsUpAsync(lab);
        var servers = Processes.Children(lab.Id);
        lab.Kill();
        var killed = TimeProvider.System.GetTimestamp();
        while (servers.Any(Processes.IsRunning) && TimeProvider.System.GetElapsedTime(killed) < Patience) await Task.Yield();
        Assert.DoesNotContain(servers, Processes.IsRunning);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder.Path, "data", "cancela-lab")));

        using var next = Start();
        await WarmsUpAsync(next);
        Processes.Signal(next.Id, Processes.Terminate);
        await next.WaitForExitAsync().WaitAsync(Patience);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "data", "cancela-lab")));
    }

    [Fact]
    public async Task Two_at_once_are_refused()
    {
        using var lab = Start();
        await WarmsUpAsync(lab);
        var second = await _folder.RunAsync(["lab", "--seconds", "5"]);
        Assert.Equal(1, second.Code);
        Assert.Contains("Another lab is running", second.Errors, StringComparison.Ordinal);
        Processes.Signal(lab.Id, Processes.Terminate);
        await lab.WaitForExitAsync().WaitAsync(Patience);
    }

    public void Dispose() => _folder.Dispose();

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cancela.Server.dll"), "lab", "--seconds", "60", "--Cancela:Language=en"])
        {
            WorkingDirectory = _folder.Path, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    private static async Task WarmsUpAsync(Process lab)
    {
        while (await lab.StandardError.ReadLineAsync().WaitAsync(Patience) is { } line)
            if (line.StartsWith("Warming up", StringComparison.Ordinal)) return;
        Assert.Fail("It ended before it warmed up.");
    }
}
