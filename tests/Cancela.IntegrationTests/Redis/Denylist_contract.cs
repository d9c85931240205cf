using Cancela.Redis;
using Cancela.Strategies.RefreshDenylist;
using Cancela.Tests;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>The denylist by itself.</summary>
public abstract class Denylist_contract(bool cluster)
{
    [Fact]
    public async Task Who_was_added_is_listed_for_as_long_as_the_token_would_have_lived()
    {
        var place = await RedisPlace.SharedAsync(cluster);
        await using var line = await RedisLab.LineAsync(place.ConnectionString, new ManualClock());
        var denylist = new RedisDenylist(line);
        var (ended, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await denylist.AddAsync(ended, TimeSpan.FromDays(3));

        Assert.Equal(DenylistAnswer.Listed, await denylist.AskAsync(ended));
        Assert.Equal(DenylistAnswer.NotListed, await denylist.AskAsync(other));
        Assert.InRange(long.Parse(await place.AskAsync("PTTL", $"cancela:denylist:{ended}")), TimeSpan.FromDays(3).TotalMilliseconds - 60_000, TimeSpan.FromDays(3).TotalMilliseconds);
    }
}
