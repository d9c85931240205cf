using Cancela.Tests.Contracts;

namespace Cancela.Tests.Hostile;

/// <summary>One database and one clock, and processes that come one after another, each with settings of its own.</summary>
internal sealed class RestartedHost(string? profile) : IAsyncDisposable
{
    private TestStore? _store;
    private CancelaHost? _host;

    public ManualClock Clock { get; } = new();

    /// <summary>Ends the process that ran so far, if any, and starts the next.</summary>
    public async Task<CancelaHost> StartAsync(params (string Name, string Value)[] settings)
    {
        if (_host is not null) await _host.DisposeAsync();
        _store ??= await TestStore.CreateAsync();
        var all = settings.ToDictionary(static setting => setting.Name, static setting => (string?)setting.Value, StringComparer.Ordinal);
        return _host = await CancelaHost.StartAsync(profile, all, clock: Clock, folder: _store.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
    }
}
