using Cancela.Tests.Contracts;

namespace Cancela.Tests.Exchange;

/// <summary>Some nodes on one database, with one clock.</summary>
/// <param name="count">How many.</param>
/// <param name="kind">Of the store; the run's if null.</param>
internal sealed class Nodes(int count = 2, string? kind = null) : IAsyncDisposable
{
    // The clock stands still: what is read of the log is read because somebody rings, or not at all.
    private static readonly (string, string)[] Always = [("Limits:PerNetwork", "0")];

    private readonly CancelaHost?[] _nodes = new CancelaHost?[count];
    private TestStore? _store;

    public ManualClock Clock { get; } = new();

    public CancelaHost One => At(0);

    public CancelaHost Other => At(1);

    /// <summary>The one whose turn it is.</summary>
    public CancelaHost At(int turn) => _nodes[turn % count]!;

    /// <summary>All, anew.</summary>
    public async Task StartAsync((string, string)[] settings)
    {
        foreach (var node in _nodes) await StopAsync(node);
        for (var i = 0; i < count; i++) _nodes[i] = await NodeAsync(settings);
    }

    /// <summary>One after the other: the next one starts, the load goes to it, the old one ends. In between, old and new serve the same clients.</summary>
    public async Task ReplaceAsync((string, string)[] settings, Crowd crowd)
    {
        await crowd.GoOnAsync();
        for (var i = 0; i < count; i++)
        {
            var old = _nodes[i];
            _nodes[i] = await NodeAsync(settings);
            await crowd.GoOnAsync();
            await StopAsync(old);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await StopAsync(node);
        if (_store is not null) await _store.DisposeAsync();
    }

    private async Task<CancelaHost> NodeAsync((string Name, string Value)[] settings)
    {
        _store ??= await TestStore.CreateAsync(kind: kind);
        return await CancelaHost.StartAsync(
            settings: Always.Concat(settings).ToDictionary(static setting => setting.Item1, static setting => (string?)setting.Item2, StringComparer.Ordinal),
            clock: Clock, folder: _store.Folder);
    }

    private static async Task StopAsync(CancelaHost? node)
    {
        if (node is not null) await node.DisposeAsync();
    }
}
