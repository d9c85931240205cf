using Xunit;

namespace Cancela.Tests.Simulation;

/// <summary>Some of the histories that <c>./simulate</c> runs, and one of each fault that it has to find.</summary>
public sealed class Simulated_histories
{
    [Fact]
    public void In_none_of_them_is_a_promise_broken()
    {
        var summary = Simulation.Run(seed: 1, histories: 300);

        Assert.True(summary.Violation is null, $"{summary.Violation}\nAgain: ./simulate --histories 1 --seed {summary.ViolatedSeed}");
        Assert.True(summary.Checks > 10_000, $"Only {summary.Checks} answers were judged.");
        TestContext.Current.SendDiagnosticMessage("simulation: {0}", summary);
    }

    [Theory]
    [InlineData(nameof(Planted.NaiveCursor), 1)]
    [InlineData(nameof(Planted.XmaxCursor), 92)]
    [InlineData(nameof(Planted.ConfirmedAtTheEnd), 183)]
    [InlineData(nameof(Planted.DoorbellConfirms), 1)]
    [InlineData(nameof(Planted.ReadyBeforeLoaded), 54)]
    [InlineData(nameof(Planted.AcknowledgedBeforeCommit), 3)]
    [InlineData(nameof(Planted.ForgetsEarly), 1)]
    [InlineData(nameof(Planted.ForkingGrace), 1)]
    [InlineData(nameof(Planted.AnyAncestorRotates), 1)]
    [InlineData(nameof(Planted.LeasesAlone), 1_602)]
    [InlineData(nameof(Planted.CopiesWithoutLease), 78)]
    public void A_fault_is_found(string planted, ulong seed)
    {
        // The first seed that finds it: the ones before it are not run again each time.
        var summary = Simulation.Run(seed, histories: 1_000, Enum.Parse<Planted>(planted));

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
