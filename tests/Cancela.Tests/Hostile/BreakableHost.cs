using Cancela.Sql;
using Cancela.Tests.Contracts;
using Cancela.Tests.Revocation;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Tests.Hostile;

/// <summary>A host whose line to its database a test cuts.</summary>
internal sealed class BreakableHost : IAsyncDisposable
{
    private BreakableHost(CancelaHost host, CutOffDatabase line, Database behind, TestStore store) =>
        (Host, Line, Behind, Store) = (host, line, behind, store);

    public CancelaHost Host { get; }

    public CutOffDatabase Line { get; }

    private Database Behind { get; }

    private TestStore Store { get; }

    public static async Task<BreakableHost> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var store = await TestStore.CreateAsync();
        var clock = new ManualClock();
        var behind = store.Open(clock);
        var line = new CutOffDatabase(behind);
        var host = await CancelaHost.StartAsync(settings: settings, clock: clock, folder: store.Folder, services: all => all.AddSingleton<Database>(line));
        return new BreakableHost(host, line, behind, store);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Behind.DisposeAsync();
        await Store.DisposeAsync();
    }
}
