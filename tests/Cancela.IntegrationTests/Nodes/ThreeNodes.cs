using Cancela.Tests;
using Cancela.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.IntegrationTests.Nodes;

/// <summary>
/// Three hosts on one PostgreSQL, with or without Redis, and one clock. Their background timers lie far apart: nobody reads
/// the log unless a test says so, and the clock moves only for those who wait.
/// </summary>
internal sealed class ThreeNodes : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly List<CancelaHost> _hosts = [];

    private ThreeNodes(TestStore store) => _store = store;

    public ManualClock Clock { get; } = new();

    public RawSql Sql => _store.Sql;

    public IReadOnlyList<CancelaHost> All => _hosts;

    /// <summary>The one whose turn it is.</summary>
    public CancelaHost this[int number] => _hosts[number % _hosts.Count];

    /// <param name="kind">The store's.</param>
    /// <param name="profile">One of the five, or none.</param>
    /// <param name="services">Each host's own.</param>
    /// <param name="settings">Below <c>Cancela:</c>.</param>
    public static async Task<ThreeNodes> StartAsync(
        string kind, string? profile = null, Action<IServiceCollection>? services = null, params (string Name, string Value)[] settings)
    {
        var nodes = new ThreeNodes(await TestStore.CreateAsync(kind: kind));
        var all = new Dictionary<string, string?>
        {
            ["Limits:PerNetwork"] = "0", ["Revocation:MaxStaleness"] = "00:05:00", ["Revocation:PollInterval"] = "00:02:00",
        };
        foreach (var (name, value) in settings) all[name] = value;
        try
        {
            for (var node = 0; node < 3; node++)
                nodes._hosts.Add(await CancelaHost.StartAsync(profile, all, clock: nodes.Clock, folder: nodes._store.Folder, services: services));
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Time passes, and all nodes hear from the log.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        foreach (var host in _hosts) await host.AdvanceAsync(TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        await _store.DisposeAsync();
    }
}
