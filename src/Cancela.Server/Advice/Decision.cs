namespace Cancela.Server.Advice;

/// <summary>One thing that is decided: by the first of its rules whose condition holds. The last one always does.</summary>
/// <param name="Name">What is decided.</param>
/// <param name="Of">Who has to be there for it to be decided at all; none: always.</param>
/// <param name="Title">The same for people.</param>
/// <param name="Rules">In the order in which they are asked.</param>
internal sealed record Decision(string Name, Facts Of, Sentence Title, IReadOnlyList<Rule> Rules)
{
    public bool Arises(Facts facts) => Of == Facts.None || (facts & Of) != 0;

    public Rule Decide(Facts facts)
    {
        foreach (var rule in Rules)
            if (rule.When.Holds(facts)) return rule;
        throw new InvalidOperationException($"No rule of '{Name}' holds: its last one has a condition.");
    }
}
