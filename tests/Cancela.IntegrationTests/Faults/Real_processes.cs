using Cancela.Faults;
using Xunit;

namespace Cancela.IntegrationTests.Faults;

/// <summary>What <c>./faults</c> does, in short: three nodes, PostgreSQL, Redis and nginx, some of which are paused, killed and cut off.</summary>
public sealed class Real_processes
{
    private const ulong Seed = 7;

    [Fact]
    public async Task Under_faults_the_promise_holds_for_all_that_was_asked()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        var summary = await Summary.RunAsync(Plan.Short(requests: 4_000, revocations: 50, Seed), static _ => { });
        Console.WriteLine(summary);

        Assert.True(summary.Violations == 0, summary.ToString());
        Assert.InRange(summary.Requests, 4_000, int.MaxValue);
        Assert.InRange(summary.Revocations, 50, int.MaxValue);
    }

    [Fact]
    public async Task Nodes_that_accept_what_they_cannot_know_are_found_out()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        var summary = await Summary.RunAsync(Plan.Broken(Seed), static _ => { });

        Assert.Contains(summary.Reports.SelectMany(static report => report.Judgement.Violations), static violation =>
            violation is { Breach: Breach.AcceptedAfterwards, Shown.Door: 0 });
    }
}
