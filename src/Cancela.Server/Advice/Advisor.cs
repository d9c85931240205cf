namespace Cancela.Server.Advice;

/// <summary>Goes through the table.</summary>
internal static class Advisor
{
    public static Advised Advise(Facts answers)
    {
        foreach (var contradiction in Decisions.Contradictions)
            if (contradiction.When.Holds(answers)) return new Advised.Contradicts(contradiction);

        var facts = answers;
        List<KeyValuePair<Decision, Rule>> decided = [];
        foreach (var decision in Decisions.All.Where(decision => decision.Arises(answers)))
        {
            var rule = decision.Decide(facts);
            decided.Add(new(decision, rule));
            facts |= rule.Then;
        }
        return new Advised.Fits(new(answers, facts, decided, [.. Consequences.All.Where(consequence => consequence.When.Holds(facts))]));
    }
}
