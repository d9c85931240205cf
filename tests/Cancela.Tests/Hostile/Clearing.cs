using Cancela.Revocation;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Tests.Hostile;

/// <summary>What a node clears away by itself every now and then, done now.</summary>
internal static class Clearing
{
    public static async Task ClearAwayAsync(this CancelaHost host)
    {
        host.Services.GetRequiredService<RevocationSet>().Drop(host.Clock.GetUtcNow());
        await host.Services.GetRequiredService<RevocationLog>().SweepAsync(CancellationToken.None);
    }
}
