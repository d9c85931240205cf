using Cancela.Bench.SideBySide;
using Cancela.Tests;

namespace Cancela.Bench.Throughput;

/// <summary>A host whose requests a script makes: warm on all cores, then on one, the load on the other.</summary>
internal sealed class PinnedHost : IAsyncDisposable
{
    /// <summary>Hashes as a node with one core does, and not as one with two that was given half of them.</summary>
    public static readonly string[] OneCore = ["--Cancela:Password:MaxConcurrentHashes=1", "--Cancela:Password:MaxQueuedHashes=64"];

    private readonly ServerProcess _server;

    private PinnedHost(ServerProcess server) => _server = server;

    public Uri Address => _server.Address;

    public int Id => _server.Id;

    /// <param name="folder">Its working folder, and where its scripts are.</param>
    /// <param name="settings">As <see cref="LoopbackServer.RunAsync"/> takes them.</param>
    public static async Task<PinnedHost> StartAsync(string folder, IEnumerable<string> settings) =>
        new(await BenchServers.StartAsync(Directory.CreateDirectory(folder).FullName, settings));

    /// <summary>On all cores, until the compiler is done: on one it would starve. From then on it has one.</summary>
    public async Task WarmAsync(TimeSpan time, params Func<Task<WrkScript>>[] scripts)
    {
        await Warmth.ReachAsync(_server.Address, async () =>
        {
            foreach (var script in scripts) await AskAsync(await script(), time, onItsCore: false);
        });
        await PinAsync();
    }

    public Task PinAsync() => Wrk.PinAsync(_server.Id);

    public async Task<Wrk.Result> AskAsync(WrkScript script, TimeSpan time, bool onItsCore = true)
    {
        var path = Path.Combine(Path.GetTempPath(), $"cancela-bench-{_server.Id}.lua");
        try
        {
            await File.WriteAllTextAsync(path, script.Text);
            return await Wrk.AskAsync(_server.Address, _server.Id, null, time, onItsCore, path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
