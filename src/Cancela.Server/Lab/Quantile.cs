namespace Cancela.Server.Lab;

/// <summary>What so many of a hundred are not above: a value that was measured, nothing between two.</summary>
internal static class Quantile
{
    /// <summary>Where it stands among so many that are sorted.</summary>
    public static int IndexOf(int count, double percent) => Math.Clamp((int)Math.Ceiling(count * percent / 100) - 1, 0, count - 1);

    public static double Of(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[IndexOf(sorted.Length, percent)];
    }

    public static double Median(IEnumerable<double> values) => Of(values, 50);
}
