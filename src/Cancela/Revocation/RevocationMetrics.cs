using System.Diagnostics.Metrics;

namespace Cancela.Revocation;

/// <summary>
/// Shows this node's revocation to whoever watches. Everything is read when it is asked for: a request that passes the gate
/// counts nothing, and pays nothing.
/// </summary>
internal sealed class RevocationMetrics(
    Meter meter, StalenessClock staleness, RevocationSet set, RevocationFollower follower, Revocations revocations, RevocationLog log)
{
    /// <summary>Makes the instruments. Once.</summary>
    public void Observe()
    {
        meter.CreateObservableGauge("cancela.revocation.lag", Lag, "s", "Time since the start of the last successful read of the revocation log.");
        // A gauge, and no sum: every node holds the same entries.
        meter.CreateObservableGauge("cancela.revocation.set.size", () => set.Count, "{entry}", "Revocations in this node's memory.");
        meter.CreateObservableCounter(
            "cancela.revocation.blind.seconds", () => staleness.Blind.TotalSeconds, "s", "Time for which this node has been blind, and is.");
        meter.CreateObservableCounter("cancela.revocation.feed.reads", follower.Reads.Measure, "{read}", "Reads of the revocation log.");
        meter.CreateObservableCounter(
            "cancela.revocation.blind.asked", revocations.Asked.Measure, "{request}", "Credentials that the store was asked about while the node was blind.");
        meter.CreateObservableCounter("cancela.revocations", log.Acknowledged.Measure, "{revocation}", "Revocations that this node acknowledged.");
    }

    // Nothing before the first read: a zero would say that all is well.
    private IEnumerable<Measurement<double>> Lag() => staleness.Lag is { } lag ? [new Measurement<double>(lag.TotalSeconds)] : [];
}
