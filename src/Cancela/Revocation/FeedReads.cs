using System.Diagnostics.Metrics;

namespace Cancela.Revocation;

/// <summary>The reads of the log: how they ended, and why they were made.</summary>
internal sealed class FeedReads
{
    private readonly Tally _successfulPolls = Of("success", "poll");
    private readonly Tally _failedPolls = Of("failure", "poll");
    private readonly Tally _successfulRings = Of("success", "doorbell");
    private readonly Tally _failedRings = Of("failure", "doorbell");

    /// <param name="succeeded">Whether all of it was read.</param>
    /// <param name="rung">Whether somebody rang for it. The first read, at the start, counts as a poll.</param>
    public void Count(bool succeeded, bool rung)
    {
        var tally = (succeeded, rung) switch
        {
            (true, false) => _successfulPolls,
            (false, false) => _failedPolls,
            (true, true) => _successfulRings,
            (false, true) => _failedRings,
        };
        tally.Add();
    }

    public IEnumerable<Measurement<long>> Measure() =>
        [_successfulPolls.Measure(), _failedPolls.Measure(), _successfulRings.Measure(), _failedRings.Measure()];

    private static Tally Of(string outcome, string reason) =>
        new(KeyValuePair.Create("outcome", (object?)outcome), KeyValuePair.Create("reason", (object?)reason));
}
