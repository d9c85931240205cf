using Cancela.Redis;

namespace Cancela.IntegrationTests.Redis;

/// <summary>
/// Real time, but the deadlines of calls to Redis expire when a test says so and not before, and the pauses between pings are
/// short: however slow the machine is, what is counted is what was waited for.
/// </summary>
internal sealed class HeldClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<Deadline> _deadlines = [];
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Calls that wait now, and pings.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _deadlines.Count;
        }
    }

    /// <summary>Returns when a deadline runs: somebody waits for Redis.</summary>
    public async Task SomebodyWaitsAsync()
    {
        while (true)
        {
            Task set;
            lock (_lock)
            {
                if (_deadlines.Count > 0) return;
                set = _set.Task;
            }
            await set;
        }
    }

    /// <summary>All deadlines that run now have passed.</summary>
    public void Expire()
    {
        Deadline[] passed;
        lock (_lock)
        {
            passed = [.. _deadlines];
            _deadlines.Clear();
        }
        foreach (var deadline in passed) deadline.Pass();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == RedisLine.Pause) dueTime = TimeSpan.FromMilliseconds(20);
        if (dueTime != RedisLine.Deadline) return base.CreateTimer(callback, state, dueTime, period);
        var deadline = new Deadline(this, callback, state);
        lock (_lock)
        {
            _deadlines.Add(deadline);
            _set.TrySetResult();
            _set = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return deadline;
    }

    private sealed class Deadline(HeldClock clock, TimerCallback callback, object? state) : ITimer
    {
        public void Pass() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (clock._lock) clock._deadlines.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
