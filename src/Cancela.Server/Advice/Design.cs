namespace Cancela.Server.Advice;

/// <summary>What was advised.</summary>
/// <param name="Answers">What was known.</param>
/// <param name="Facts">That, and all that was concluded.</param>
/// <param name="Decided">The rule that decided each thing, in the order of the table.</param>
/// <param name="Consequences">What follows, in the order of their list.</param>
internal sealed record Design(Facts Answers, Facts Facts, IReadOnlyList<KeyValuePair<Decision, Rule>> Decided, IReadOnlyList<Consequence> Consequences)
{
    public Topology Topology => Topologies.Of(Decided.First(static pair => pair.Key.Name == "topology").Value.Then);

    public Strategy? Browser => Strategy.Of(Facts & (Facts.BrowserSession | Facts.BrowserJwtCookie));

    public Strategy? Token => Strategy.Of(Facts & (Facts.TokenJwt | Facts.TokenDenylist | Facts.TokenRotation));

    /// <summary>The profile that comes nearest; <see langword="null"/> where both slots are used, which no profile is about.</summary>
    public Strategy? NearestProfile => Browser is null ? Token : Token is null ? Browser : null;

    /// <summary>Statements of a request beside the strategy's own: what whoever asks about a credential makes Cancela read.</summary>
    public int Asked(Strategy strategy) => (strategy.Fact == Facts.BrowserSession ? Topology.ByCookie : Topology.ByToken) ?? 0;

    public IEnumerable<Consequence> Of(ConsequenceKind kind) => Consequences.Where(consequence => consequence.Kind == kind);
}
