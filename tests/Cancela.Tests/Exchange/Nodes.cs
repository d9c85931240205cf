namespace Cancela.Tests.Exchange;

/// <summary>Two nodes on one database file, with one clock.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    // The clock stands still: what is read of the log is read because somebody rings, or not at all.
    private static readonly (string, string)[] Always = [("Limits:PerNetwork", "0")];

    private readonly string _folder = Directory.CreateTempSubdirectory("cancela-nodes-").FullName;
    private CancelaHost? _one;
    private CancelaHost? _other;

    public ManualClock Clock { get; } = new();

    public CancelaHost One => _one!;

    public CancelaHost Other => _other!;

    /// <summary>Both, anew.</summary>
    public async Task StartAsync((string, string)[] settings)
    {
        await StopAsync(_one);
        await StopAsync(_other);
        _one = await NodeAsync(settings);
        _other = await NodeAsync(settings);
    }

    /// <summary>One after the other: the next one starts, the load goes to it, the old one ends. In between, old and new serve the same clients.</summary>
    public async Task ReplaceAsync((string, string)[] settings, Crowd crowd)
    {
        var (one, other) = (_one, _other);
        await crowd.GoOnAsync();
        _one = await NodeAsync(settings);
        await crowd.GoOnAsync();
        _other = await NodeAsync(settings);
        await crowd.GoOnAsync();
        await StopAsync(one);
        await StopAsync(other);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(_one);
        await StopAsync(_other);
        Directory.Delete(_folder, recursive: true);
    }

    private Task<CancelaHost> NodeAsync((string Name, string Value)[] settings) => CancelaHost.StartAsync(
        settings: Always.Concat(settings).ToDictionary(static setting => setting.Item1, static setting => (string?)setting.Item2, StringComparer.Ordinal),
        clock: Clock, folder: _folder);

    private static async Task StopAsync(CancelaHost? node)
    {
        if (node is not null) await node.DisposeAsync();
    }
}
