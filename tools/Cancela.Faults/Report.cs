namespace Cancela.Faults;

/// <summary>What came of a run, in figures.</summary>
/// <param name="Asked">How many requests were judged.</param>
/// <param name="Unserved">How many of them got no opinion: 502, 503, 504 or nothing.</param>
/// <param name="Revocations">How many were acknowledged.</param>
internal sealed record Report(
    string Strategies, int Asked, int Accepted, int Refused, int Unserved, IReadOnlyDictionary<EndingKind, int> Revocations, IReadOnlyList<Row> Rows, Judgement Judgement)
{
    // An answer that takes longer came from somebody who was away.
    private static readonly long Prompt = Ticks.Of(TimeSpan.FromSeconds(1));

    public static Report Of(Town town, IReadOnlyList<Span> spans, TimeSpan bound)
    {
        var journal = town.Journal;
        var revocations = journal.Endings.Where(static ending => ending.Acknowledged is not null && ending.Kind is not (EndingKind.Rotation or EndingKind.SideEffect)).ToList();
        var shown = journal.Shown.ToLookup(static shown => shown.Credential);
        var outcomes = journal.Shown.CountBy(static shown => shown.Outcome).ToDictionary();
        return new Report(
            $"{town.Browser}, {town.Token}", journal.Shown.Count, outcomes.GetValueOrDefault(Outcome.Accepted), outcomes.GetValueOrDefault(Outcome.Refused),
            outcomes.GetValueOrDefault(Outcome.Unavailable) + outcomes.GetValueOrDefault(Outcome.Silent), revocations.CountBy(static ending => ending.Kind).ToDictionary(),
            [.. spans.Select(span => RowOf(span, journal, revocations, shown))], Judge.Decide(journal, bound));
    }

    private static Row RowOf(Span span, Journal journal, List<Ending> revocations, ILookup<int, Shown> shown)
    {
        var within = revocations.Where(ending => ending.Acknowledged >= span.Begun && ending.Acknowledged < span.Over).ToList();
        var delays = within.SelectMany(ending => Delays.Of(ending, shown, Prompt)).ToList();
        var away = Enumerable.Range(0, Cluster.Size).Select(node =>
            Outage.Of(journal.Shown.Where(one => one.GateOnly && one.Door == node && one.Received >= span.Begun && one.Sent < span.Over), span, Prompt)).ToList();
        return new Row(span.Name, Ticks.Seconds(span.Ended - span.Begun), away, within.Count,
            [.. delays.Where(static delay => delay.Refused is not null).Select(static delay => delay.Refused!.Value).Order()],
            delays.Max(static delay => delay.LastAccepted) ?? 0);
    }
}

/// <summary>One fault, or several of its kind.</summary>
/// <param name="Held">How long it was held, in seconds.</param>
/// <param name="Away">How long each node did not serve.</param>
/// <param name="Delays">From acknowledgement to first refusal on another node, in milliseconds, ascending.</param>
/// <param name="LastAccepted">How long after an acknowledgement a request was still sent that was accepted, at most, in milliseconds.</param>
internal sealed record Row(string Name, double Held, IReadOnlyList<Outage> Away, int Revocations, IReadOnlyList<double> Delays, double LastAccepted)
{
    public static Row Sum(string name, IReadOnlyList<Row> rows) => new(
        name, rows.Average(static row => row.Held),
        [.. Enumerable.Range(0, Cluster.Size).Select(node => new Outage(rows.Max(row => row.Away[node].Lasted), rows.Max(row => row.Away[node].After)))],
        rows.Sum(static row => row.Revocations), [.. rows.SelectMany(static row => row.Delays).Order()], rows.Max(static row => row.LastAccepted));

    public double Quantile(double part) => Delays.Count == 0 ? 0 : Delays[Math.Min(Delays.Count - 1, (int)(part * Delays.Count))];
}

/// <summary>How long a node did not serve, and how much of that came after the fault was undone; in seconds.</summary>
internal sealed record Outage(double Lasted, double After)
{
    /// <param name="asked">What was asked of the node.</param>
    /// <param name="span">The fault.</param>
    /// <param name="prompt">Whoever takes longer was away.</param>
    public static Outage Of(IEnumerable<Shown> asked, Span span, long prompt)
    {
        long lasted = 0, until = span.Begun, last = span.Begun;
        long? since = null;
        foreach (var shown in asked.OrderBy(static shown => shown.Sent))
        {
            var served = shown.Outcome is Outcome.Accepted or Outcome.Refused;
            if (served && shown.Received - shown.Sent <= prompt)
            {
                Close(shown.Sent);
                continue;
            }
            since ??= shown.Sent;
            if (served) until = Math.Max(until, shown.Received);
        }
        Close(span.Over);
        return new(Ticks.Seconds(lasted), Math.Max(0, Ticks.Seconds(last - span.Ended)));

        void Close(long at)
        {
            if (since is not { } begun || at < until) return;
            lasted += at - begun;
            last = at;
            since = null;
        }
    }
}

/// <summary>How one node heard of a revocation that another one acknowledged.</summary>
/// <param name="Refused">After how many milliseconds it first refused; null where it did not answer meanwhile, or was not asked.</param>
/// <param name="LastAccepted">How many milliseconds after the acknowledgement a request was sent that it accepted; null: none.</param>
internal sealed record Delays(double? Refused, double? LastAccepted)
{
    public static IEnumerable<Delays> Of(Ending ending, ILookup<int, Shown> shown, long prompt)
    {
        var acknowledged = ending.Acknowledged!.Value;
        for (var node = 0; node < Cluster.Size; node++)
        {
            if (node == ending.Door) continue;
            double? last = null;
            long? refused = null;
            var away = long.MaxValue;
            foreach (var one in ending.Covers.SelectMany(credential => shown[credential]).Where(one => one.GateOnly && one.Door == node && one.Received > acknowledged))
            {
                if (one.Outcome == Outcome.Silent || one.Received - one.Sent > prompt) away = Math.Min(away, one.Sent);
                if (one.Outcome == Outcome.Accepted && one.Sent > acknowledged) last = Math.Max(last ?? 0, Ticks.Milliseconds(one.Sent - acknowledged));
                if (one.Outcome is Outcome.Refused or Outcome.Unavailable) refused = Math.Min(refused ?? long.MaxValue, one.Received);
            }
            yield return new(refused is { } at && at < away ? Ticks.Milliseconds(at - acknowledged) : null, last);
        }
    }
}
