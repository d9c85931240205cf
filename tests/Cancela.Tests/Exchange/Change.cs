using Cancela.Tests.Hostile;

namespace Cancela.Tests.Exchange;

/// <summary>A deployment before, during and after a change of strategy: one database, one clock, a process for each.</summary>
internal sealed class Change : IAsyncDisposable
{
    public static readonly TimeSpan Length = TimeSpan.FromDays(2);

    private readonly RestartedHost _hosts = new(profile: null);

    public ManualClock Clock => _hosts.Clock;

    public DateTimeOffset Until { get; private set; }

    public Task<CancelaHost> BeforeAsync(params (string Name, string Value)[] settings) => _hosts.StartAsync([("Limits:PerNetwork", "0"), .. settings]);

    /// <summary>The window opens.</summary>
    public Task<CancelaHost> DuringAsync(params (string Name, string Value)[] settings)
    {
        Until = Clock.GetUtcNow() + Length;
        return BeforeAsync([("Former:Until", Text(Until)), .. settings]);
    }

    /// <summary>The former settings are taken out.</summary>
    public Task<CancelaHost> AfterAsync(params (string Name, string Value)[] settings) => BeforeAsync(settings);

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();
}
