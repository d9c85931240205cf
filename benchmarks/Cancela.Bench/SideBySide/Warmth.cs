using System.Globalization;

namespace Cancela.Bench.SideBySide;

/// <summary>Load on a new server until its compiler is done: what it compiles while it is measured is counted as work of the requests.</summary>
internal static class Warmth
{
    private const int MostRounds = 12;

    // Methods that are compiled in a round of a server that is warm: timers, the odd branch.
    private const int Few = 40;

    /// <param name="address">The server's.</param>
    /// <param name="round">Some load.</param>
    public static async Task ReachAsync(Uri address, Func<Task> round)
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var (rounds, before) = (0, 0L); rounds < MostRounds; rounds++)
        {
            await round();
            var compiled = long.Parse(await client.GetStringAsync(new Uri(LoopbackServer.Compiled, UriKind.Relative)), CultureInfo.InvariantCulture);
            if (rounds > 0 && compiled - before <= Few) return;
            before = compiled;
        }
    }
}
