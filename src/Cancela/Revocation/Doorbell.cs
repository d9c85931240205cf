namespace Cancela.Revocation;

/// <summary>
/// Makes this node read the log at once instead of at its next poll. Whoever hears that there is news rings it: within
/// the process, or from another node. Rings that come while nobody waits count as one, and a lost one costs a poll's
/// time: the promise does not rest on it.
/// </summary>
internal sealed class Doorbell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);
    private int _pending;

    public void Ring()
    {
        if (Interlocked.Exchange(ref _pending, 1) == 0) _rung.Release();
    }

    /// <summary>Returns when it rings (true), or after the interval (false).</summary>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var interval = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, cancellationToken);
        try
        {
            await _rung.WaitAsync(either.Token);
            Volatile.Write(ref _pending, 0);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _rung.Dispose();
}
