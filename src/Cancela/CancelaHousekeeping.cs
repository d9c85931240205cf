using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Totp;
using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.SignIn;
using Cancela.Strategies;
using Cancela.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cancela;

/// <summary>What is done beside the requests: keys read again, marks written, rows that ran out deleted.</summary>
internal sealed partial class CancelaHousekeeping(
    LogReader logReader, Keys keys, SigningKeyDirectory keyDirectory, LastSeen lastSeen, SessionDirectory sessions, FailedAttempts attempts, OneTimeTokens oneTimeTokens,
    TotpSecrets totp, AuditLog audit,
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowKeysAsync(stoppingToken), KeepAsync(stoppingToken));

    // A key that another process made is in the log, and read at once; the tick is for what else may have become of the
    // rows. Retirement does not wait for this: the revocation set knows it.
    private async Task FollowKeysAsync(CancellationToken stoppingToken)
    {
        using var news = new Doorbell();
        logReader.KeyMade += news.Ring;
        try
        {
            while (true)
            {
                await news.WaitAsync(Tick, clock, stoppingToken);
                await TryAsync(async () => keys.Current = await keyDirectory.ReloadAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            logReader.KeyMade -= news.Ring;
        }
    }

    private async Task KeepAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        for (var tick = 1; await NextAsync(timer, stoppingToken); tick++)
        {
            if (tick % TicksBetweenWrites == 0) await TryAsync(() => lastSeen.WriteAsync(stoppingToken), stoppingToken);
            if (tick % TicksBetweenSweeps == 0) await TryAsync(() => SweepAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await sessions.SweepAsync(cancellationToken);
        await attempts.SweepAsync(cancellationToken);
        await oneTimeTokens.SweepAsync(cancellationToken);
        await totp.SweepAsync(cancellationToken);
        await audit.SweepAsync(cancellationToken);
        await keyDirectory.SweepAsync(cancellationToken);
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
