using Cancela.Audit;
using Cancela.Secrets;
using Cancela.SignIn;
using Cancela.Strategies;
using Cancela.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cancela;

/// <summary>What is done beside the requests: keys read again, marks written, rows that ran out deleted.</summary>
internal sealed partial class CancelaHousekeeping(
    Keys keys, SigningKeyDirectory keyDirectory, LastSeen lastSeen, SessionDirectory sessions, FailedAttempts attempts, AuditLog audit,
    TimeProvider clock, ILogger<CancelaHousekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private const int TicksBetweenWrites = 6;
    private const int TicksBetweenSweeps = 120;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => lastSeen.WriteAsync(cancellationToken), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        for (var tick = 1; await NextAsync(timer, stoppingToken); tick++)
        {
            // A key that another process made or retired. Retirement does not wait for this: the revocation set knows it.
            await TryAsync(async () => keys.Current = await keyDirectory.ReloadAsync(keys.Current, stoppingToken), stoppingToken);
            if (tick % TicksBetweenWrites == 0) await TryAsync(() => lastSeen.WriteAsync(stoppingToken), stoppingToken);
            if (tick % TicksBetweenSweeps == 0) await TryAsync(() => SweepAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await sessions.SweepAsync(cancellationToken);
        await attempts.SweepAsync(cancellationToken);
        await audit.SweepAsync(cancellationToken);
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Nothing here is worth the process: it is tried again at the next tick.
    private async Task TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(exception);
        }
        catch (OperationCanceledException)
        {
            // The process is stopping.
        }
    }

    [LoggerMessage(1001, LogLevel.Warning, "Housekeeping failed: it is tried again")]
    private partial void Failed(Exception exception);
}
