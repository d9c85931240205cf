using Cancela.Redis;
using Cancela.Strategies.RefreshDenylist;
using Cancela.Strategies.Sessions;
using Cancela.Tests;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>Two deployments, each with its own <c>channelPrefix</c>: nothing of one is the other's.</summary>
public sealed class Deployments_on_one_Redis
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Neither_finds_the_keys_of_the_other(bool cluster)
    {
        var place = await RedisPlace.SharedAsync(cluster);
        await using var shop = await RedisLab.LineAsync(At(place, "shop:"), new ManualClock());
        await using var desk = await RedisLab.LineAsync(At(place, "desk:"), new ManualClock());
        var (sid, session, network) = (Guid.CreateVersion7(), RedisLab.NewSession(), $"4:{Guid.CreateVersion7():n}");

        await new RedisDenylist(shop).AddAsync(sid, Minute);
        Assert.NotNull(await new RedisSessionCopies(shop).LeaseAsync(session, null));
        for (var n = 1; n <= 3; n++) Assert.Equal(n, (await new RedisCounts(shop).CountAsync(network, Minute))!.Requests);

        Assert.Equal(DenylistAnswer.NotListed, await new RedisDenylist(desk).AskAsync(sid));
        Assert.IsType<CopyReading.Vacant>(await new RedisSessionCopies(desk).FindAsync(session));
        Assert.Equal(1, (await new RedisCounts(desk).CountAsync(network, Minute))!.Requests);
        foreach (var key in new[] { RedisKeys.Denied(sid), RedisKeys.Session(session), RedisKeys.Count(network) })
        {
            Assert.Equal("1", await place.AskAsync("EXISTS", "shop:" + key));
            Assert.Equal("0", await place.AskAsync("EXISTS", key));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Neither_hears_the_doorbell_of_the_other(bool cluster)
    {
        var place = await RedisPlace.SharedAsync(cluster);
        await using var ringing = await Ear.BeginAsync(At(place, "shop:"), new ManualClock());
        await using var sibling = await Ear.BeginAsync(At(place, "shop:"), new ManualClock());
        await using var stranger = await Ear.BeginAsync(At(place, "desk:"), new ManualClock());
        await using var other = await Ear.BeginAsync(At(place, "desk:"), new ManualClock());

        await ringing.Doorbell.RingAsync(CancellationToken.None);
        await sibling.HeardAsync(2);
        await other.Doorbell.RingAsync(CancellationToken.None);
        await stranger.HeardAsync(2);

        Assert.Equal((2, 2), (sibling.Rings, stranger.Rings)); // what begins, and its sibling
    }

    private static string At(RedisPlace place, string prefix) => $"{place.ConnectionString},channelPrefix={prefix}";
}
