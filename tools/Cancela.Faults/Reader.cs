using Cancela.Tests.Revocation;

namespace Cancela.Faults;

/// <summary>Shows credentials at one door, at a steady pace: one after the other, never more than it was asked for.</summary>
internal sealed class Reader(Town town, Door door, Dice dice, TimeSpan every)
{
    // Where nobody listens an answer comes at once: it is no reason to ask more often.
    private static readonly TimeSpan AfterSilence = TimeSpan.FromMilliseconds(25);

    public async Task RunAsync(CancellationToken stopping)
    {
        var next = Ticks.Now;
        while (!stopping.IsCancellationRequested)
        {
            var silent = town.Pool.Draw(dice) is not { } credential
                || (await (dice.Below(4) == 0 ? town.ShowAsync(door, credential) : town.PassAsync(door, credential))).Outcome == Outcome.Silent;
            // What was missed during an outage is not made up for.
            next = Math.Max(next + Ticks.Of(every), Ticks.Now - Ticks.Of(every * 20));
            var left = silent ? AfterSilence : TimeSpan.FromSeconds(Ticks.Seconds(next - Ticks.Now));
            if (left > TimeSpan.FromMilliseconds(1)) await Task.Delay(left, TimeProvider.System, CancellationToken.None);
        }
    }
}
