using System.Text.Json.Serialization;

namespace Cancela.Server.Lab;

/// <summary>How long a credential still counts whose sign-out was acknowledged, in milliseconds.</summary>
/// <param name="Count">Of how many sign-outs.</param>
/// <param name="P50">Half took no longer.</param>
/// <param name="P99">Of a hundred, 99.</param>
/// <param name="Max">The slowest.</param>
/// <param name="At">Where it was refused.</param>
internal sealed record DelayFigures(int Count, double P50, double P99, double Max, DelayPlace At)
{
    public static DelayFigures Of(IReadOnlyList<double> milliseconds, DelayPlace at) =>
        new(milliseconds.Count, Share(milliseconds, 50), Share(milliseconds, 99), Share(milliseconds, 100), at);

    private static double Share(IEnumerable<double> milliseconds, double percent) => Math.Round(Quantile.Of(milliseconds, percent), 2);
}

/// <summary>Which node refused it.</summary>
internal enum DelayPlace
{
    /// <summary>Another process than the one that acknowledged the sign-out.</summary>
    [JsonStringEnumMemberName("another_node")]
    AnotherNode,

    /// <summary>The process that acknowledged it: on SQLite there is one.</summary>
    [JsonStringEnumMemberName("same_node")]
    SameNode,
}
