namespace Cancela.Bench;

/// <summary>What so many of a hundred are not above.</summary>
internal static class Percentile
{
    public static double Of(IReadOnlyCollection<double> values, int percent) => values.Order().ElementAt((values.Count * percent + 99) / 100 - 1);

    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
