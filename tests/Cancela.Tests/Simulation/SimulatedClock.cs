namespace Cancela.Tests.Simulation;

/// <summary>One machine's clocks: a boot-time clock that counts always, and a wall clock that somebody may set.</summary>
internal sealed class SimulatedClock(World world, NodeContext context, TimeSpan offset) : TimeProvider
{
    /// <summary>By how much the wall clock is wrong.</summary>
    public TimeSpan Offset { get; set; } = offset;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => world.Now;

    public override DateTimeOffset GetUtcNow() => World.Start.AddTicks(world.Now) + Offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var setting = ++_setting;
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero) throw new NotSupportedException("No timer of the library repeats.");
            if (dueTime != Timeout.InfiniteTimeSpan) clock.Arm(dueTime, this, setting);
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        public bool IsSet(int setting) => setting == _setting;

        public void Fire(int setting)
        {
            if (IsSet(setting)) callback(state);
        }
    }

    // Most timers are deadlines that nothing runs into: they are over before they are due.
    private void Arm(TimeSpan dueTime, Timer timer, int setting) => world.After(dueTime, () =>
    {
        if (timer.IsSet(setting)) context.Post(_ => timer.Fire(setting), null);
    });
}
