using Cancela.Server.Advice;
using Cancela.Tests.House;
using Xunit;

namespace Cancela.Tests.Server.Advice;

/// <summary>The table, over all answers that anybody can give.</summary>
public sealed class Table_of_rules
{
    [Fact]
    public void Every_combination_of_answers_is_answered_once_or_contradicts_itself()
    {
        Assert.Equal(63 * 3 * 3 * 2 * 64 * 7 * 3, Walk.Through.Count);
        Assert.InRange(Walk.Through.Answered, 100_000, Walk.Through.Count - 1);
    }

    [Fact]
    public void Every_rule_decides_something_for_somebody() =>
        Expect.None(Decisions.Contradictions.Concat(Decisions.All.SelectMany(static decision => decision.Rules)).Select(static rule => rule.Name).Where(static name => !Walk.Through.Reached.Contains(name))
            .Select(static name => $"{name} is shadowed by the rules above it"));

    [Fact]
    public void Every_consequence_follows_for_somebody() =>
        Expect.None(Walk.Through.Missed.Select(static one => $"{one.Kind} {one.Name}"));

    [Fact]
    public void A_shadowed_rule_would_be_found()
    {
        var decision = new Decision("x", Facts.None, new("", ""), [new("always", When.Always, Facts.Hs256, "", ""), new("never", When.If(Facts.Services), Facts.Es256, "", "")]);
        Assert.DoesNotContain("never", Walk.Combinations().Take(100_000).Select(facts => decision.Decide(facts).Name));
    }

    [Fact]
    public void Nothing_is_advised_that_must_never_be() =>
        Expect.None(Walk.Through.Faults.Select(static fault => $"{fault.Key}: {fault.Value}"));

    [Fact]
    public void The_last_rule_of_each_decision_asks_nothing() =>
        Assert.All(Decisions.All, static decision => Assert.Equal((0, Facts.None), (decision.Rules[^1].When.Each.Length, decision.Rules[^1].When.Without)));

    [Fact]
    public void Every_conclusion_about_the_topology_has_its_costs() =>
        Assert.All(Decisions.All.Single(static decision => decision.Name == "topology").Rules, static rule => Assert.NotNull(Topologies.Of(rule.Then)));

    [Fact]
    public void No_name_stands_for_two_things()
    {
        var rules = Decisions.Contradictions.Concat(Decisions.All.SelectMany(static decision => decision.Rules)).Select(static rule => rule.Name);
        Expect.None(rules.GroupBy(static name => name).Where(static group => group.Count() > 1).Select(static group => group.Key));
        Expect.None(Consequences.All.GroupBy(static one => (one.Kind, one.Name)).Where(static group => group.Count() > 1).Select(static group => group.Key.Name));
    }

    [Fact]
    public void Every_sentence_is_there_in_both_languages_and_they_differ()
    {
        var sentences = Decisions.Contradictions.Concat(Decisions.All.SelectMany(static decision => decision.Rules)).Select(static rule => rule.Why)
            .Concat(Consequences.All.Where(static one => one.Kind is not ConsequenceKind.Setting).Select(static one => one.Text)).Concat(Questions.All.Select(static question => question.Text));
        Assert.All(sentences, static sentence =>
        {
            Assert.NotEmpty(sentence.Portuguese);
            Assert.NotEmpty(sentence.English);
            Assert.NotEqual(sentence.Portuguese, sentence.English);
        });
    }
}
