using Cancela.Server.Advice;

namespace Cancela.Tests.Server.Advice;

/// <summary>Every combination of answers there is, taken through the table once: 1,524,096 of them.</summary>
internal sealed class Walk
{
    private static readonly Lazy<Walk> Once = new(static () => new Walk());

    private readonly List<Consequence> _missed = [.. Consequences.All];

    private Walk()
    {
        foreach (var answers in Combinations())
        {
            Count++;
            if (Decisions.Contradictions.FirstOrDefault(rule => rule.When.Holds(answers)) is { } contradiction)
            {
                Reached.Add(contradiction.Name);
                continue;
            }
            Answered++;
            Follow(answers);
        }
    }

    public static Walk Through => Once.Value;

    public int Count { get; }

    public int Answered { get; }

    /// <summary>The rules that somebody's answers come to, by name.</summary>
    public HashSet<string> Reached { get; } = [];

    /// <summary>The consequences that nobody's answers come to.</summary>
    public IReadOnlyList<Consequence> Missed => _missed;

    /// <summary>All that settings and secrets ask for, one of each kind.</summary>
    public HashSet<Facts> Settings { get; } = [];

    /// <summary>What must never be: by the sentence that says it, the first answers that come to it.</summary>
    public Dictionary<string, Facts> Faults { get; } = [];

    public static IEnumerable<Facts> Combinations()
    {
        var each = Questions.All.Select(AnswersTo).Append([Facts.Ordinary, Facts.Large, Facts.Huge]).ToArray();
        return each.Aggregate((IEnumerable<Facts>)[Facts.None], static (sets, more) => sets.SelectMany(set => more.Select(one => set | one)));
    }

    private static Facts[] AnswersTo(Question question)
    {
        var choices = question.Choices.Select(static choice => choice.Fact).Where(static fact => fact != Facts.None).ToArray();
        if (!question.Several) return choices;
        var sets = Enumerable.Range(0, 1 << choices.Length).Select(bits => choices.Where((_, at) => (bits & (1 << at)) != 0).Aggregate(Facts.None, static (set, one) => set | one));
        return [.. sets.Where(set => set != Facts.None || question.Choices.Any(static choice => choice.Fact == Facts.None))];
    }

    private void Follow(Facts answers)
    {
        var facts = answers;
        foreach (var decision in Decisions.All)
        {
            if (!decision.Arises(answers)) continue;
            var rule = decision.Decide(facts);
            Reached.Add(rule.Name);
            facts |= rule.Then;
        }
        foreach (var (sentence, broken) in Never)
            if (broken(facts)) Faults.TryAdd(sentence, answers);
        Settings.Add(facts & AskedBySettings);
        if (_missed.Count > 0) _missed.RemoveAll(consequence => consequence.When.Holds(facts));
    }

    private static readonly Facts AskedBySettings = Consequences.All.Where(static one => one.Kind is ConsequenceKind.Setting or ConsequenceKind.Secret)
        .Aggregate(Facts.None, static (all, one) => all | one.When.Without | one.When.Each.Aggregate(Facts.None, static (set, group) => set | group));

    private static bool Has(Facts facts, Facts any) => (facts & any) != 0;

    // What holds however the table is written.
    private static readonly Dictionary<string, Func<Facts, bool>> Never = new()
    {
        ["somebody comes in and is handed nothing"] = facts => Has(facts, Facts.BrowserUnused) && Has(facts, Facts.TokenUnused),
        ["a page of a foreign site without a BFF holds a cookie alone"] = facts => Has(facts, Facts.SpaForeign) && !Has(facts, Facts.HasBff) && Has(facts, Facts.TokenUnused),
        ["an app holds a cookie alone"] = facts => Has(facts, Facts.Mobile | Facts.Servers) && Has(facts, Facts.TokenUnused),
        ["a page with a BFF holds tokens"] = facts => Has(facts, Facts.HasBff) && Has(facts, Facts.PathCrossOrigin),
        ["a page of its own origin holds tokens"] = facts => Has(facts, Facts.SpaSameOrigin) && Has(facts, Facts.BrowserUnused),
        ["others verify with a key that signs"] = facts => Has(facts, Facts.ByThemselves) && Has(facts, Facts.Hs256),
        ["others verify a cookie that is no token"] = facts => Has(facts, Facts.ByThemselves) && Has(facts, Facts.BrowserSession),
        ["a revocation must count soon, and somebody verifies alone"] = facts => Has(facts, Facts.AtOnce | Facts.Seconds) && Has(facts, Facts.ByThemselves),
        ["several machines share a file"] = facts => Has(facts, Facts.SeveralNodes) && Has(facts, Facts.OnSqlite),
        ["Redis is advised that is not there"] = facts => Has(facts, Facts.WithRedis) && !Has(facts, Facts.HasRedis),
        ["a copied refresh token goes unnoticed without need"] = facts => Has(facts, Facts.TokenDenylist) && !Has(facts, Facts.Huge),
        ["one thing is decided twice"] = facts =>
            Has(facts, Facts.Hs256) == Has(facts, Facts.Es256) || Has(facts, Facts.OnSqlite) == Has(facts, Facts.OnPostgres) || Has(facts, Facts.WithRedis) == Has(facts, Facts.WithoutRedis)
            || System.Numerics.BitOperations.PopCount((ulong)(facts & (Facts.BrowserUnused | Facts.BrowserSession | Facts.BrowserJwtCookie))) != 1
            || System.Numerics.BitOperations.PopCount((ulong)(facts & (Facts.TokenUnused | Facts.TokenJwt | Facts.TokenDenylist | Facts.TokenRotation))) != 1,
    };
}
