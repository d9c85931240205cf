namespace Cancela.Revocation;

/// <summary>
/// Carries the log into the set, and says when that succeeded. Remembers how far it came; one call at a time.
/// </summary>
internal sealed class LogReader(RevocationLog log, RevocationSet set, StalenessClock staleness, RevocationOptions options, TimeProvider clock) : IDisposable
{
    private const int RowsPerBreath = 1_024;
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(30);

    // Reads that were given up and have not ended yet. A driver that hangs for ever costs no more than these threads.
    private readonly SemaphoreSlim _running = new(4);

    private LogPosition _from = LogPosition.Beginning;
    private TimeSpan _patience = options.MaxStaleness;

    /// <summary>A key was made somewhere. Whoever listens must not wait.</summary>
    public event Action? KeyMade;

    /// <summary>
    /// Reads what is new; throws what went wrong. A read that brings nothing for T (a silent network, a stopped disk)
    /// is given up and begun again, since by then it can confirm nothing; each time in a row it is given twice as long.
    /// </summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var start = Moment.Of(clock);
        var forgot = start.Wall < set.ForgottenUntil;
        var from = forgot ? LogPosition.Beginning : _from;

        var here = await Read(from, cancellationToken);
        if (here.Next < from.Next || (from != LogPosition.Beginning && here.Era != from.Era))
        {
            // It is shorter than it was, or goes on from an earlier point: the database was restored from a backup, or a
            // replica was promoted. What we know stays true; what we have not read starts somewhere below.
            _from = LogPosition.Beginning;
            throw new InvalidDataException("The revocation log went on from an earlier point than the last read's: it is read again from its beginning.");
        }

        _from = here;
        if (forgot) set.Remembered();
        staleness.Confirm(start);
    }

    public void Dispose() => _running.Dispose();

    private async Task<LogPosition> Read(LogPosition from, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var token = either.Token;
        try
        {
            await _running.WaitAsync(token);
            var here = await Run(from, deadline, token).WaitAsync(token);
            _patience = options.MaxStaleness;
            return here;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var waited = _patience;
            _patience = TimeSpan.FromTicks(Math.Min(_patience.Ticks * 2, Math.Max(LongestPatience.Ticks, options.MaxStaleness.Ticks)));
            throw new TimeoutException($"The revocation log brought nothing for {waited}.");
        }
    }

    // It goes on when nobody waits for it any more, and keeps its place until it ends.
    private async Task<LogPosition> Run(LogPosition from, CancellationTokenSource deadline, CancellationToken token)
    {
        try
        {
            var rows = 0;
            return await log.ReadAsync(from, Found, token);

            void Found(RevocationEntry entry)
            {
                set.Add(entry);
                if (entry is RevocationEntry.KeyMade) KeyMade?.Invoke();
                if (++rows % RowsPerBreath != 0) return;
                token.ThrowIfCancellationRequested();
                deadline.CancelAfter(_patience);
            }
        }
        finally
        {
            _running.Release();
        }
    }
}
