using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cancela.Revocation;

/// <summary>The revocations that this node wrote and that were committed.</summary>
internal sealed class AcknowledgedEntries
{
    private readonly Tally _sessions = new("kind", "session");
    private readonly Tally _accounts = new("kind", "account");
    private readonly Tally _keys = new("kind", "key");

    public void Count(RevocationEntry entry)
    {
        var tally = entry switch
        {
            RevocationEntry.SessionEnded => _sessions,
            RevocationEntry.AccountMovedOn => _accounts,
            RevocationEntry.KeyRetired => _keys,
            RevocationEntry.KeyMade => null, // revokes nothing
            _ => throw new UnreachableException(),
        };
        tally?.Add();
    }

    public IEnumerable<Measurement<long>> Measure() => [_sessions.Measure(), _accounts.Measure(), _keys.Measure()];
}
