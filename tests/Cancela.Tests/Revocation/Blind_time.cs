using Cancela.Revocation;
using Xunit;

namespace Cancela.Tests.Revocation;

/// <summary>The sum of all times at which the staleness clock says no, worked out from its confirmations alone.</summary>
public sealed class Blind_time
{
    private static readonly TimeSpan T = TimeSpan.FromSeconds(2);

    private readonly ManualClock _clock = new();
    private readonly StalenessClock _staleness;

    public Blind_time() => _staleness = new StalenessClock(_clock, T);

    [Fact]
    public void A_read_that_took_longer_than_T_gives_no_sight_back()
    {
        _staleness.Confirm(Moment.Of(_clock));
        var start = Moment.Of(_clock);
        _clock.Advance(TimeSpan.FromSeconds(5));
        _staleness.Confirm(start);
        Assert.Equal(TimeSpan.FromSeconds(3), _staleness.Blind);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(4), _staleness.Blind);
    }

    [Fact]
    public void A_read_gives_sight_back_when_it_ends_for_T_after_it_started()
    {
        _staleness.Confirm(Moment.Of(_clock));
        _clock.Advance(TimeSpan.FromSeconds(3));
        var start = Moment.Of(_clock);
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        _staleness.Confirm(start);
        Assert.Equal(TimeSpan.FromSeconds(2.5), _staleness.Blind);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(3), _staleness.Blind);
    }

    [Fact]
    public void It_is_what_asking_the_clock_at_every_millisecond_adds_up_to()
    {
        var dice = new Dice(7);
        var blind = 0;
        var start = Moment.Of(_clock);
        _staleness.Confirm(start);
        for (var at = 0; at < 200_000; at++)
        {
            if (dice.Below(700) == 0) start = Moment.Of(_clock);
            if (dice.Below(1_500) == 0) _staleness.Confirm(start);
            // Between this millisecond and the next.
            _clock.Advance(TimeSpan.FromMilliseconds(0.5));
            if (!_staleness.IsConfirmed) blind++;
            _clock.Advance(TimeSpan.FromMilliseconds(0.5));
        }
        Assert.InRange(blind, 10_000, 190_000);
        Assert.Equal(TimeSpan.FromMilliseconds(blind), _staleness.Blind);
    }
}
