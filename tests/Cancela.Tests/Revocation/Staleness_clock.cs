using Cancela.Revocation;
using Xunit;

namespace Cancela.Tests.Revocation;

public sealed class Staleness_clock
{
    private static readonly TimeSpan T = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ManualClock _clock = new();
    private readonly StalenessClock _staleness;

    public Staleness_clock() => _staleness = new StalenessClock(_clock, T);

    [Fact]
    public void Before_the_first_read_the_node_is_blind()
    {
        Assert.False(_staleness.IsConfirmed);
        Assert.Null(_staleness.Lag);
    }

    [Fact]
    public void A_read_confirms_for_T_and_no_longer()
    {
        _staleness.Confirm(Moment.Of(_clock));
        _clock.Advance(T);
        Assert.True(_staleness.IsConfirmed);
        Assert.Equal(T, _staleness.Lag);

        _clock.Advance(Tick);
        Assert.False(_staleness.IsConfirmed);
    }

    [Fact]
    public void A_read_confirms_from_its_start_so_that_one_longer_than_T_confirms_nothing()
    {
        var start = Moment.Of(_clock);
        _clock.Advance(T + Tick);
        _staleness.Confirm(start);
        Assert.False(_staleness.IsConfirmed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_wall_clock_that_moves_by_more_than_T_blinds_until_the_next_read(int direction)
    {
        _staleness.Confirm(Moment.Of(_clock));
        _clock.JumpWall(T * direction);
        Assert.True(_staleness.IsConfirmed);

        _clock.JumpWall(Tick * direction);
        Assert.False(_staleness.IsConfirmed);

        _staleness.Confirm(Moment.Of(_clock));
        Assert.True(_staleness.IsConfirmed);
    }

    [Fact]
    public void The_boot_clock_runs_and_counts_suspension_on_linux()
    {
        var clock = new BootClock();
        var first = clock.GetTimestamp();
        Assert.InRange(clock.GetElapsedTime(first, clock.GetTimestamp()), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(clock.GetUtcNow() - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        if (!OperatingSystem.IsLinux()) return;

        // The second column of /proc/uptime aside, the kernel's own count since boot is CLOCK_BOOTTIME.
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0]);
        Assert.True(BootClock.CountsSuspension);
        Assert.InRange(clock.GetTimestamp() / 1e9 - uptime, -1, 60);
    }

    [Fact]
    public void A_read_that_started_earlier_and_ended_later_takes_no_confirmation_back()
    {
        var early = Moment.Of(_clock);
        _clock.Advance(TimeSpan.FromHours(1));
        _staleness.Confirm(Moment.Of(_clock));

        _staleness.Confirm(early);

        Assert.True(_staleness.IsConfirmed);
    }
}
