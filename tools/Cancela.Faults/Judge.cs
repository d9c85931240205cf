namespace Cancela.Faults;

/// <summary>
/// Holds a journal against the promise. Nothing is concluded from what a request that was never answered may have done, but
/// once one node has refused a credential, all have to.
/// </summary>
internal static class Judge
{
    /// <param name="journal">What was asked and heard.</param>
    /// <param name="bound">T.</param>
    public static Judgement Decide(Journal journal, TimeSpan bound)
    {
        // In the other order than they are written, as it may still be: what was shown had been handed out, and so had what was renewed.
        var violations = new List<Violation>();
        var (renewed, allShown) = (journal.Renewals.ToArray(), journal.Shown.ToArray());
        var credentials = journal.Credentials.ToDictionary(static credential => credential.Number);
        var ends = EndsOf(journal);
        var roles = journal.RoleChanges.ToLookup(static change => change.Account);
        var t = Ticks.Of(bound);
        foreach (var showings in allShown.GroupBy(static shown => shown.Credential))
        {
            var credential = credentials[showings.Key];
            var end = ends.GetValueOrDefault(showings.Key) ?? new End();
            var ofRoles = credential is { Strategy: "session", Kind: CredentialKind.Cookie } ? roles[credential.Account].OrderBy(static change => change.Sent).ToList() : [];
            long? refused = null;
            foreach (var shown in showings.Where(static shown => shown.Outcome == Outcome.Refused)) refused = Math.Min(refused ?? long.MaxValue, shown.Received);
            foreach (var shown in showings)
            {
                if (BreachOf(shown, end, refused, t) is { } breach) violations.Add(new(breach, credential, shown, LateBy(shown, end, refused, t), end.Kind));
                else if (shown is { Outcome: Outcome.Accepted, Role: { } role } && !MayShow(ofRoles, role, shown, t)) violations.Add(new(Breach.FormerRole, credential, shown, 0));
            }
        }
        foreach (var renewals in renewed.GroupBy(static renewal => renewal.Parent))
            if (renewals.Select(static renewal => renewal.Child).Distinct(StringComparer.Ordinal).Count() > 1)
                violations.Add(new(Breach.TwoSuccessors, credentials[renewals.Key], default, 0));
        return new Judgement(violations, [.. journal.Oddities]);
    }

    private static Breach? BreachOf(Shown shown, End end, long? refused, long t) => shown.Outcome switch
    {
        Outcome.Odd => Breach.NotUnderstood,
        Outcome.Accepted when end.Acknowledged is { } acknowledged && shown.Sent > acknowledged + t => Breach.AcceptedAfterwards,
        Outcome.Accepted when refused is { } known && shown.Sent > known + t => Breach.CameBack,
        Outcome.Refused when end.From is not { } from || shown.Received < from => Breach.WronglyRefused,
        _ => null,
    };

    private static double LateBy(Shown shown, End end, long? refused, long t) =>
        Ticks.Seconds(shown.Sent - t - Math.Min(end.Acknowledged ?? long.MaxValue, refused ?? long.MaxValue));

    // The role of the last change that every node must know by then, or of a later one that may have been made already.
    private static bool MayShow(List<RoleChange> changes, string role, Shown shown, long t)
    {
        var settled = changes.FindLastIndex(change => change.Acknowledged is { } acknowledged && acknowledged + t < shown.Sent);
        return settled < 0
            || changes.Skip(settled).Where(change => change.Sent <= shown.Received).Any(change => change.Role == role)
            || changes.Take(settled).Any(change => change.Acknowledged is null && change.Role == role);
    }

    private static Dictionary<int, End> EndsOf(Journal journal)
    {
        var ends = new Dictionary<int, End>();
        foreach (var ending in journal.Endings)
        {
            foreach (var credential in ending.Covers)
            {
                var end = ends.GetValueOrDefault(credential) ?? new End();
                ends[credential] = new(
                    Math.Min(end.From ?? long.MaxValue, ending.From),
                    ending.Acknowledged is { } acknowledged ? Math.Min(end.Acknowledged ?? long.MaxValue, acknowledged) : end.Acknowledged,
                    end.Acknowledged is { } before && !(ending.Acknowledged < before) ? end.Kind : ending.Kind);
            }
        }
        return ends;
    }

    private sealed record End(long? From = null, long? Acknowledged = null, EndingKind? Kind = null);
}

internal enum Breach
{
    /// <summary>Accepted, sent later than T after the acknowledgement.</summary>
    AcceptedAfterwards,

    /// <summary>Accepted, sent later than T after somebody had refused it.</summary>
    CameBack,

    /// <summary>401 for what nobody had ended: an outage was told as an opinion.</summary>
    WronglyRefused,

    /// <summary>A cookie of <c>session</c> that still had the role of before.</summary>
    FormerRole,

    /// <summary>One refresh token, two successors.</summary>
    TwoSuccessors,

    /// <summary>An answer that is none of the expected ones.</summary>
    NotUnderstood,
}

/// <summary>What must not be.</summary>
/// <param name="Late">By how many seconds.</param>
/// <param name="Kind">What had ended it.</param>
internal sealed record Violation(Breach Breach, Credential Credential, Shown Shown, double Late, EndingKind? Kind = null)
{
    public override string ToString() => Breach switch
    {
        Breach.TwoSuccessors => $"{Breach}: {Credential}",
        Breach.AcceptedAfterwards or Breach.CameBack => $"{Breach}: {Credential} at {Door.NameOf(Shown.Door)}, {Late:0.000} s beyond T, after {Kind}",
        _ => $"{Breach}: {Credential} at {Door.NameOf(Shown.Door)}",
    };
}

/// <summary>What came of a journal.</summary>
internal sealed record Judgement(IReadOnlyList<Violation> Violations, IReadOnlyList<string> Oddities)
{
    public int Count => Violations.Count + Oddities.Count;
}
