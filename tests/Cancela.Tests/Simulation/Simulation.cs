using System.Diagnostics;

namespace Cancela.Tests.Simulation;

/// <summary>Many histories, one after the other on each core; a history never leaves its thread.</summary>
internal static class Simulation
{
    /// <summary>Runs the histories of so many seeds, until one is violated.</summary>
    public static Summary Run(ulong seed, int histories, Planted planted = Planted.None)
    {
        var started = Stopwatch.GetTimestamp();
        var (next, found) = (-1, histories);
        long events = 0, checks = 0;
        var threads = Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount)).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        var violated = found < histories;
        return new Summary(
            seed, violated ? found + 1 : histories, events, checks, violated ? SeedOf(seed, found) : null,
            violated ? History.Run(SeedOf(seed, found), planted).Violation : null, Stopwatch.GetElapsedTime(started));

        void Work()
        {
            while (true)
            {
                var at = Interlocked.Increment(ref next);
                // The first that is found is the one of the lowest number, whichever thread was faster.
                if (at >= Volatile.Read(ref found)) return;
                var outcome = History.Run(SeedOf(seed, at), planted);
                Interlocked.Add(ref events, outcome.Events);
                Interlocked.Add(ref checks, outcome.Checks);
                if (outcome.Violation is null) continue;
                int known;
                while (at < (known = Volatile.Read(ref found)) && Interlocked.CompareExchange(ref found, at, known) != known)
                {
                }
            }
        }
    }

    /// <summary>The seed of one history of a run: the first has the run's own.</summary>
    public static ulong SeedOf(ulong seed, int history) => seed + (ulong)history;
}

/// <summary>What came of a run.</summary>
internal sealed record Summary(ulong Seed, int Histories, long Events, long Checks, ulong? ViolatedSeed, string? Violation, TimeSpan Took)
{
    public override string ToString() =>
        $"{Histories:N0} histories, {Events:N0} events, {Checks:N0} checks, {(Violation is null ? 0 : 1)} violations, seed {Seed}, {Took.TotalSeconds:F0} s";
}
