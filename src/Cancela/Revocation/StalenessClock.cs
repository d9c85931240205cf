namespace Cancela.Revocation;

/// <summary>
/// Says whether the set may be trusted. A read of the log that started at c and succeeded confirms the node as of c;
/// at t the set decides only if t − c ≤ T. Otherwise the node is blind.
/// </summary>
/// <param name="clock">Its timestamps must count while the machine is suspended: <see cref="BootClock"/>.</param>
/// <param name="bound">T.</param>
internal sealed class StalenessClock(TimeProvider clock, TimeSpan bound)
{
    private readonly BlindTime _blind = new(clock, bound);
    private Moment? _confirmed;

    /// <summary>
    /// True while the set decides. A wall clock that moved against the boot-time clock by more than T since the last
    /// confirmation makes the node blind too: the machine may have been stopped and resumed where no clock of its
    /// own counted, or times that decide expiry may have moved.
    /// </summary>
    public bool IsConfirmed
    {
        get
        {
            if (Volatile.Read(ref _confirmed) is not { } confirmed) return false;
            var elapsed = clock.GetElapsedTime(confirmed.Timestamp);
            if (elapsed > bound) return false;
            return (clock.GetUtcNow() - confirmed.Wall - elapsed).Duration() <= bound;
        }
    }

    /// <summary>How long ago the last successful read started; <see langword="null"/> before the first.</summary>
    public TimeSpan? Lag => Volatile.Read(ref _confirmed) is { } confirmed ? clock.GetElapsedTime(confirmed.Timestamp) : null;

    /// <summary>How long the node has been blind in all, until now.</summary>
    public TimeSpan Blind => _blind.Total;

    /// <summary>
    /// A read succeeded. It proves what was known when it <em>started</em>: a read that took longer than T confirms
    /// nothing, whenever it ended.
    /// </summary>
    public void Confirm(Moment start)
    {
        // Of two reads the one that started later says more, whichever ends last.
        Moment? known;
        do
        {
            known = Volatile.Read(ref _confirmed);
            if (known is not null && known.Timestamp > start.Timestamp) return;
        }
        while (Interlocked.CompareExchange(ref _confirmed, start, known) != known);
        _blind.Confirm(start);
    }
}
