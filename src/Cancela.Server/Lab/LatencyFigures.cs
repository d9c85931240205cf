namespace Cancela.Server.Lab;

/// <summary>How long requests took, in microseconds.</summary>
/// <param name="Count">Of how many, all turns together.</param>
/// <param name="P50">Half took no longer.</param>
/// <param name="P90">Nine of ten took no longer.</param>
/// <param name="P99">Of a hundred, 99.</param>
/// <param name="P999">Of a thousand, 999.</param>
/// <param name="Max">The slowest.</param>
/// <param name="Histogram">How many took how long, the fastest first. Buckets that hold none are left out.</param>
internal sealed record LatencyFigures(
    int Count, double P50, double P90, double P99, double P999, double Max, IReadOnlyList<LatencyBucket> Histogram)
{
    // Eight to an octave: each bucket ends 9 % above the one before it.
    private const int PerOctave = 8;

    /// <param name="nanoseconds">One for each request. They are sorted here.</param>
    public static LatencyFigures Of(long[] nanoseconds)
    {
        Array.Sort(nanoseconds);
        var buckets = nanoseconds.GroupBy(BucketOf).OrderBy(static bucket => bucket.Key)
            .Select(static bucket => new LatencyBucket(Math.Round(Math.Pow(2, bucket.Key / (double)PerOctave), 1), bucket.Count()));
        return new(
            nanoseconds.Length, Share(nanoseconds, 50), Share(nanoseconds, 90), Share(nanoseconds, 99), Share(nanoseconds, 99.9), Share(nanoseconds, 100), [.. buckets]);
    }

    private static int BucketOf(long nanoseconds) => (int)Math.Ceiling(PerOctave * Math.Log2(Math.Max(1, nanoseconds / 1000.0)));

    private static double Share(long[] sorted, double percent) => Math.Round(sorted[Quantile.IndexOf(sorted.Length, percent)] / 1000.0, 1);
}

/// <param name="UpToMicroseconds">Its upper end; the lower one is the upper end of the bucket an eighth of an octave below.</param>
/// <param name="Count">How many fell into it.</param>
internal sealed record LatencyBucket(double UpToMicroseconds, int Count);
