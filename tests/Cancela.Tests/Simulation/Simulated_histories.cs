using Xunit;

namespace Cancela.Tests.Simulation;

/// <summary>The histories that <c>./simulate</c> runs, and the faults that they have to find.</summary>
public sealed class Simulated_histories
{
    [Fact]
    public void In_none_of_a_hundred_thousand_is_a_promise_broken()
    {
        var summary = Simulation.Run(seed: 1, histories: 100_000);
        Console.WriteLine($"simulation: {summary}");

        Assert.True(summary.Violation is null, $"{summary.Violation}\nAgain: ./simulate --histories 1 --seed {summary.ViolatedSeed}");
        Assert.True(summary.Checks > 3_000_000, $"Only {summary.Checks} answers were judged.");
    }

    [Theory]
    [InlineData(nameof(Planted.NaiveCursor))]
    [InlineData(nameof(Planted.XmaxCursor))]
    [InlineData(nameof(Planted.ConfirmedAtTheEnd))]
    [InlineData(nameof(Planted.DoorbellConfirms))]
    [InlineData(nameof(Planted.ReadyBeforeLoaded))]
    [InlineData(nameof(Planted.AcknowledgedBeforeCommit))]
    [InlineData(nameof(Planted.ForgetsEarly))]
    [InlineData(nameof(Planted.ForkingGrace))]
    [InlineData(nameof(Planted.AnyAncestorRotates))]
    [InlineData(nameof(Planted.LeasesAlone))]
    [InlineData(nameof(Planted.CopiesWithoutLease))]
    public void A_fault_is_found_within_ten_thousand(string planted)
    {
        var summary = Simulation.Run(seed: 1, histories: 10_000, Enum.Parse<Planted>(planted));

        Assert.True(summary.Violation is not null, $"{planted} was not found: {summary}");
    }

    [Fact]
    public void A_seed_replays_to_the_last_step()
    {
        var (first, again, other) = (History.Run(4_711), History.Run(4_711, trace: []), History.Run(4_712));

        Assert.Equal(first, again);
        Assert.NotEqual(first.Hash, other.Hash);
    }
}
