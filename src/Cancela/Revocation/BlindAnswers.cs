using System.Diagnostics.Metrics;

namespace Cancela.Revocation;

/// <summary>What the store said of the credentials that this node asked it about while it was blind.</summary>
internal sealed class BlindAnswers
{
    private readonly Tally _accepted = new("outcome", "accepted");
    private readonly Tally _refused = new("outcome", "refused");
    private readonly Tally _unknown = new("outcome", "unknown");

    public RevocationVerdict Count(RevocationVerdict verdict)
    {
        var tally = verdict switch
        {
            RevocationVerdict.Counts => _accepted,
            RevocationVerdict.Unknown => _unknown,
            _ => _refused,
        };
        tally.Add();
        return verdict;
    }

    public IEnumerable<Measurement<long>> Measure() => [_accepted.Measure(), _refused.Measure(), _unknown.Measure()];
}
