using System.Diagnostics;

namespace Cancela.Faults;

/// <summary>The one clock of a run: monotonic, and of the one process that asks and hears.</summary>
internal static class Ticks
{
    public static long Now => Stopwatch.GetTimestamp();

    public static long Of(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    public static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    public static double Milliseconds(long ticks) => 1000 * Seconds(ticks);
}
