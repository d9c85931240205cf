namespace Cancela.Revocation;

/// <summary>
/// How long the node has been blind in all, worked out from its confirmations and from nothing that a request does: after one
/// as of c it sees until c + T, and then is blind until the next. The moments between a jump of the wall clock and the
/// next read (a poll's time) are not in it: nobody knows when it jumped.
/// </summary>
internal sealed class BlindTime(TimeProvider clock, TimeSpan bound)
{
    // Between the reader, a few times a second, and whoever watches: a total that is read while it is moved on must not go back.
    private readonly Lock _lock = new();
    private long? _confirmedAt;
    private TimeSpan _sees;
    private TimeSpan _before;

    /// <summary>Until now. Zero before the first confirmation: the node is not ready yet, and serves nobody.</summary>
    public TimeSpan Total
    {
        get
        {
            lock (_lock) return Until(clock.GetTimestamp());
        }
    }

    /// <summary>A read that started then has succeeded now.</summary>
    public void Confirm(Moment start)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            _before = Until(now);
            _sees = Positive(bound - clock.GetElapsedTime(start.Timestamp, now));
            _confirmedAt = now;
        }
    }

    private TimeSpan Until(long now) =>
        _confirmedAt is { } at ? _before + Positive(clock.GetElapsedTime(at, now) - _sees) : TimeSpan.Zero;

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
