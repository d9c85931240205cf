using System.Net;
using Cancela.SignIn;
using Xunit;

namespace Cancela.Tests.SignIn;

public class Network_throttle
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void So_many_requests_a_minute_pass_and_the_next_is_told_how_long_to_wait()
    {
        var throttle = Throttle(3);
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Null(Count(throttle, "203.0.113.7")));
        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(40), Count(throttle, "203.0.113.7"));
    }

    [Fact]
    public void After_the_minute_the_count_begins_again_and_not_before()
    {
        var throttle = Throttle(1);
        Count(throttle, "203.0.113.7");
        _clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.NotNull(Count(throttle, "203.0.113.7"));
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Null(Count(throttle, "203.0.113.7"));
        Assert.NotNull(Count(throttle, "203.0.113.7"));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff")]
    public void These_are_one_network(string one, string other)
    {
        var throttle = Throttle(1);
        Count(throttle, one);

        Assert.NotNull(Count(throttle, other));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.8")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    [InlineData("203.0.113.7", "::cb00:7107")]
    [InlineData("0.0.0.0", "::")]
    [InlineData("0.0.0.1", "0:0:0:1::")]
    public void These_are_two_networks(string one, string other)
    {
        var throttle = Throttle(1);
        Count(throttle, one);

        Assert.Null(Count(throttle, other));
    }

    [Fact]
    public void Zero_switches_it_off()
    {
        var throttle = Throttle(0);

        Assert.All(Enumerable.Range(0, 2_000), _ => Assert.Null(Count(throttle, "203.0.113.7")));
    }

    [Fact]
    public async Task A_request_without_an_address_passes()
    {
        var throttle = Throttle(1);

        for (var i = 0; i < 5; i++) Assert.Null(await throttle.CountAsync(null));
    }

    [Fact]
    public void Parallel_requests_are_counted_exactly()
    {
        var throttle = Throttle(100);
        Count(throttle, "203.0.113.7");
        var passed = 1;

        Parallel.For(0, 1_000, _ =>
        {
            if (Count(throttle, "203.0.113.7") is null) Interlocked.Increment(ref passed);
        });

        Assert.Equal(100, passed);
    }

    private NetworkThrottle Throttle(int perNetwork) => new(new LimitOptions { PerNetwork = perNetwork }, _clock);

    private static TimeSpan? Count(NetworkThrottle throttle, string address)
    {
        var counted = throttle.CountAsync(IPAddress.Parse(address)).AsTask();
        Assert.True(counted.IsCompletedSuccessfully); // it asks nobody
        return counted.Result;
    }
}
