using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>One host for all tests of a class: their people differ.</summary>
public sealed class HostileHost : IAsyncLifetime
{
    internal CancelaHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await CancelaHost.StartAsync(
        settings: new()
        {
            ["Limits:PerNetwork"] = "0",
            ["Clients:0:Id"] = "service",
            ["Clients:0:Secret"] = "a secret of at least thirty-two characters",
        });

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
