using Cancela.Redis;
using Cancela.Tests;
using Cancela.Tests.Servers;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>The doorbell over pub/sub.</summary>
public abstract class Redis_doorbell_contract(bool cluster)
{
    [Fact]
    public async Task A_ring_is_heard_by_the_other_nodes_and_not_by_the_one_that_rang()
    {
        await using var place = await RedisPlace.StartAsync(cluster);
        await using var here = await Ear.BeginAsync(place.ConnectionString, new ManualClock());
        await using var there = await Ear.BeginAsync(place.ConnectionString, new ManualClock());

        for (var n = 1; n <= 3; n++)
        {
            await here.Doorbell.RingAsync(CancellationToken.None);
            await there.HeardAsync(1 + n);
        }
        await there.Doorbell.RingAsync(CancellationToken.None);
        await here.HeardAsync(2);

        Assert.Equal((2, 4), (here.Rings, there.Rings));
    }

    [Fact]
    public async Task Silence_is_no_loss_while_the_channel_is_alive()
    {
        await using var place = await RedisPlace.StartAsync(cluster);
        var clock = new ManualClock();
        await using var quiet = await Ear.BeginAsync(place.ConnectionString, clock);
        await using var other = await Ear.BeginAsync(place.ConnectionString, new ManualClock());

        for (var n = 1; n <= 3; n++)
        {
            clock.Advance(RedisDoorbell.Silence);
            await other.Doorbell.RingAsync(CancellationToken.None);
            await quiet.HeardAsync(1 + n);
        }

        Assert.False(quiet.Listening.IsCompleted);
        Assert.Equal(1, other.Rings); // the question of the quiet one rings nowhere
    }

    [Fact]
    public async Task A_subscription_that_died_in_silence_is_noticed()
    {
        await using var place = await RedisPlace.StartAsync();
        using var wire = CutOffProxy.Start(place.Servers[0].Port);
        var clock = new ManualClock();
        await using var ear = await Ear.BeginAsync($"127.0.0.1:{wire.Port}", clock);

        wire.Cut();

        await Assert.ThrowsAnyAsync<Exception>(() => clock.PassWhileAsync(ear.Listening, RedisDoorbell.Silence).WaitAsync(RedisLab.Patience));
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_the_listening_and_the_next_one_rings_first()
    {
        await using var place = await RedisPlace.StartAsync();
        await using var ear = await Ear.BeginAsync(place.ConnectionString, new ManualClock());

        place.Kill();
        await Assert.ThrowsAnyAsync<Exception>(() => ear.Listening.WaitAsync(RedisLab.Patience));
        await place.StartAgainAsync();

        await ear.AgainAsync();
        await ear.HeardAsync(2);
        await using var other = await Ear.BeginAsync(place.ConnectionString, new ManualClock());
        await other.Doorbell.RingAsync(CancellationToken.None);
        await ear.HeardAsync(3);
    }

    [Fact]
    public async Task Who_rings_at_a_stalled_server_is_told_so()
    {
        await using var place = await RedisPlace.StartAsync(cluster);
        var clock = new ManualClock();
        await using var ear = await Ear.BeginAsync(place.ConnectionString, clock);

        place.Pause();
        var ringing = Ring();

        await Assert.ThrowsAsync<TimeoutException>(() => clock.PassWhileAsync(ringing, TimeSpan.FromSeconds(2)).WaitAsync(RedisLab.Patience));
        place.Resume();

        async Task<bool> Ring()
        {
            await ear.Doorbell.RingAsync(CancellationToken.None);
            return true;
        }
    }
}
