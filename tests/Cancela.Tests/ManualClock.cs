namespace Cancela.Tests;

/// <summary>A clock that moves only when a test moves it. Timers fire during <see cref="Advance"/>, in the order of their due times.</summary>
public sealed class ManualClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private readonly DateTimeOffset _start = start ?? new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;
    private TimeSpan _wallOffset;
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>So much time has passed: for what runs out by a clock of its own.</summary>
    internal event Action<TimeSpan>? Advanced;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _start + _elapsed + _wallOffset;
    }

    public override long GetTimestamp()
    {
        lock (_lock) return _elapsed.Ticks;
    }

    /// <summary>Time passes on both clocks.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset target;
        lock (_lock) target = _start + _elapsed + by;
        while (true)
        {
            Timer? next;
            lock (_lock)
            {
                next = _timers.Where(timer => _start + timer.Due <= target).MinBy(timer => timer.Due);
                if (next is null)
                {
                    _elapsed = target - _start;
                    break;
                }
                if (next.Due > _elapsed) _elapsed = next.Due;
                next.Rearm();
            }
            next.Fire();
        }
        Advanced?.Invoke(by);
    }

    /// <summary>The wall clock is set; the monotonic clock does not move.</summary>
    public void JumpWall(TimeSpan by)
    {
        lock (_lock) _wallOffset += by;
    }

    /// <summary>Moves the clock in steps until the task has ended: for code that waits on timers.</summary>
    public async Task<T> RunAsync<T>(Task<T> task, TimeSpan step)
    {
        for (var i = 0; i < 10_000 && !task.IsCompleted; i++)
        {
            Advance(step);
            await Task.Yield();
        }
        return await task;
    }

    /// <summary>
    /// While the task runs, moves the clock to the next timer as soon as one is due within <paramref name="reach"/>, and else
    /// waits for one to be set: time stands still while something is computed. Background timers have to lie further apart.
    /// </summary>
    public async Task<T> PassWhileAsync<T>(Task<T> task, TimeSpan reach)
    {
        while (!task.IsCompleted)
        {
            Task armed;
            TimeSpan? wait;
            lock (_lock)
            {
                armed = _armed.Task;
                wait = _timers.Count == 0 ? null : _timers.Min(static timer => timer.Due) - _elapsed;
            }
            if (wait <= reach) Advance(wait > TimeSpan.Zero ? wait.Value : TimeSpan.Zero);
            else await Task.WhenAny(task, armed);
        }
        return await task;
    }

    /// <summary>Ends when somebody waits for a timer that is due within so much time. No time passes.</summary>
    public async Task ArmedAsync(TimeSpan within)
    {
        while (true)
        {
            Task armed;
            lock (_lock)
            {
                if (_timers.Exists(timer => timer.Due - _elapsed <= within)) return;
                armed = _armed.Task;
            }
            await armed;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock._elapsed + dueTime;
                clock._timers.Add(this);
                clock._armed.TrySetResult();
                clock._armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            return true;
        }

        /// <summary>Called under the clock's lock, before it fires.</summary>
        public void Rearm()
        {
            if (_period == Timeout.InfiniteTimeSpan || _period <= TimeSpan.Zero) clock._timers.Remove(this);
            else Due += _period;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._lock) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
