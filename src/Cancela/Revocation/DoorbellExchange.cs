using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cancela.Revocation;

/// <summary>
/// Rings at the other nodes when this one recorded something, and rings here when they did, over as many lines as there
/// are. Each line is on its own: one that stalls holds up no other, and nobody who revokes waits for any.
/// </summary>
internal sealed partial class DoorbellExchange(
    IEnumerable<IDoorbellLine> lines, RevocationLog log, Doorbell doorbell, TimeProvider clock, ILogger<DoorbellExchange> logger) : BackgroundService
{
    /// <summary>Rings from here that come closer together than this count as one: a burst of revocations is one piece of news.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Forever = Timeout.InfiniteTimeSpan;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(lines.Select(line => Serve(line, stoppingToken)));

    private async Task Serve(IDoorbellLine line, CancellationToken stoppingToken)
    {
        using var outgoing = new Doorbell();
        log.Recorded += outgoing.Ring;
        try
        {
            await Task.WhenAll(
                Repeat(line, "rung", well => RingOut(line, outgoing, well, stoppingToken), stoppingToken),
                Repeat(line, "heard", well => line.ListenAsync(well + doorbell.Ring, stoppingToken), stoppingToken));
        }
        finally
        {
            log.Recorded -= outgoing.Ring;
        }
    }

    private async Task RingOut(IDoorbellLine line, Doorbell outgoing, Action well, CancellationToken stoppingToken)
    {
        while (true)
        {
            await outgoing.WaitAsync(Forever, clock, stoppingToken);
            await line.RingAsync(stoppingToken);
            well();
            await Task.Delay(Gap, clock, stoppingToken);
        }
    }

    // Nothing that a line does ends the others. It is told when it goes and, when it comes back, by its own success.
    private async Task Repeat(IDoorbellLine line, string what, Func<Action, Task> work, CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work(() => failing = false);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!failing) LogLineLost(line.Name, what, exception);
                failing = true;
            }
            try
            {
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(3010, LogLevel.Warning, "The doorbell over {Line} is not {What}: revocations reach the other nodes at their next poll. It goes on trying.")]
    private partial void LogLineLost(string line, string what, Exception exception);
}
