using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cancela.Revocation;

/// <summary>
/// Keeps this node's set current for as long as the process lives: reads the log when somebody rings and at every poll
/// anyway, and clears away what nobody needs. Nothing that the store does ends it.
/// </summary>
internal sealed partial class RevocationFollower(
    LogReader reader, RevocationLog log, RevocationSet set, Doorbell doorbell, RevocationOptions options,
    TimeProvider clock, ILogger<RevocationFollower> logger) : BackgroundService
{
    private static readonly TimeSpan DropInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(10);

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = clock.GetTimestamp();
    private TimeSpan _dropped;
    private TimeSpan _swept;
    private Task _sweeping = Task.CompletedTask;
    private bool _failing;

    /// <summary>Ends when the whole live log is in the set. Until then the node is not ready.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>True when <see cref="Loaded"/> has ended.</summary>
    public bool IsLoaded => _loaded.Task.IsCompletedSuccessfully;

    /// <summary>How often the log was read.</summary>
    public FeedReads Reads { get; } = new();

    /// <summary>Reads the log once. Returns whether it succeeded, and throws only when it was told to stop.</summary>
    public Task<bool> FollowOnceAsync(CancellationToken cancellationToken) => FollowOnceAsync(rung: false, cancellationToken);

    private async Task<bool> FollowOnceAsync(bool rung, CancellationToken cancellationToken)
    {
        try
        {
            await reader.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_failing) LogLost(exception);
            _failing = true;
            Reads.Count(succeeded: false, rung);
            return false;
        }
        if (_failing) LogRegained();
        _failing = false;
        Reads.Count(succeeded: true, rung);
        if (_loaded.TrySetResult()) LogLoaded(set.Count);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.WhenBlind == WhenBlind.Accept) LogAccepting(options.MaxStaleness);
        var rung = false;
        try
        {
            while (true)
            {
                // Only a node that hears the log clears away: its clock has not just jumped, and the store answers.
                var started = clock.GetTimestamp();
                if (await FollowOnceAsync(rung, stoppingToken)) ClearAway(stoppingToken);
                rung = await doorbell.WaitAsync(options.PollInterval, clock, stoppingToken);
                if (rung) await BreatheAsync(started, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever a read that was interrupted says. The sweep still uses the database that closes after us.
            await _sweeping;
        }
    }

    // However often others ring: a deployment that revokes all the time is not read all the time.
    private Task BreatheAsync(long started, CancellationToken cancellationToken)
    {
        var left = DoorbellExchange.Gap - clock.GetElapsedTime(started);
        return left > TimeSpan.Zero ? Task.Delay(left, clock, cancellationToken) : Task.CompletedTask;
    }

    // The set is swept here, between two reads, so that a full read never runs into it; the log beside the loop, so
    // that a slow delete holds up no poll.
    private void ClearAway(CancellationToken cancellationToken)
    {
        var now = clock.GetElapsedTime(_started);
        if (now - _dropped >= DropInterval)
        {
            _dropped = now;
            set.Drop(clock.GetUtcNow());
        }
        if (now - _swept >= SweepInterval && _sweeping.IsCompleted)
        {
            _swept = now;
            _sweeping = Task.Run(() => SweepLog(cancellationToken), CancellationToken.None);
        }
    }

    private async Task SweepLog(CancellationToken cancellationToken)
    {
        try
        {
            await log.SweepAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested) LogNotSwept(exception);
        }
    }

    [LoggerMessage(3001, LogLevel.Information, "Revocations loaded: {Count} entries.")]
    private partial void LogLoaded(int count);

    [LoggerMessage(3002, LogLevel.Warning, "The revocation log cannot be read. This node is blind until it can; it goes on trying.")]
    private partial void LogLost(Exception exception);

    [LoggerMessage(3003, LogLevel.Information, "The revocation log can be read again.")]
    private partial void LogRegained();

    [LoggerMessage(3004, LogLevel.Warning, "Expired rows of the revocation log could not be deleted. It is tried again later.")]
    private partial void LogNotSwept(Exception exception);

    [LoggerMessage(3005, LogLevel.Warning, "Cancela:Revocation:WhenBlind is Accept: while the revocation log cannot be read for longer than {Bound}, revoked credentials may be accepted.")]
    private partial void LogAccepting(TimeSpan bound);
}
