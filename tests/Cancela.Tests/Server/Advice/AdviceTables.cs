using Cancela.Server.Advice;

namespace Cancela.Tests.Server.Advice;

/// <summary>The table of rules as <c>docs/advise.md</c> shows it: written from the code.</summary>
internal static class AdviceTables
{
    // What is no answer to a question, by what it is said of.
    private static readonly (string Of, Facts Fact, string Word)[] Concluded =
    [
        ("comes in", Facts.PathSameOrigin, "same-origin"), ("comes in", Facts.PathProxied, "proxied-origin"), ("comes in", Facts.PathBff, "bff"),
        ("comes in", Facts.PathBffInProcess, "bff-in-process"), ("comes in", Facts.PathCrossOrigin, "cross-origin"), ("comes in", Facts.PathDirect, "direct"),
        ("topology", Facts.Introspection, "introspection"), ("topology", Facts.ByThemselves, "by-themselves"), ("topology", Facts.GatewayInProcess, "gateway-in-process"),
        ("topology", Facts.GatewayAsks, "gateway"), ("topology", Facts.BackEndAsks, "back-end-asks"),
        ("browser", Facts.BrowserUnused, "unused"), ("browser", Facts.BrowserSession, "session"), ("browser", Facts.BrowserJwtCookie, "jwt-cookie"),
        ("token", Facts.TokenUnused, "unused"), ("token", Facts.TokenJwt, "jwt"), ("token", Facts.TokenDenylist, "refresh-denylist"), ("token", Facts.TokenRotation, "refresh-rotation"),
        ("signing", Facts.Hs256, "HS256"), ("signing", Facts.Es256, "ES256"), ("database", Facts.OnSqlite, "SQLite"), ("database", Facts.OnPostgres, "PostgreSQL"),
        ("redis", Facts.WithoutRedis, "without"), ("redis", Facts.WithRedis, "with"),
        ("live-sessions", Facts.Ordinary, "to 100,000"), ("live-sessions", Facts.Large, "to 5 million"), ("live-sessions", Facts.Huge, "from 5 million"),
    ];

    private static readonly (string Of, Facts Fact, string Word)[] Known =
        [.. Questions.All.SelectMany(static question => question.Choices.Where(static choice => choice.Fact != Facts.None).Select(choice => (question.Flag, choice.Fact, choice.Word))), .. Concluded];

    public static IEnumerable<string> Lines()
    {
        yield return "| what does not go together | where | what is said |";
        yield return "|---|---|---|";
        foreach (var rule in Decisions.Contradictions) yield return $"| `{rule.Name}` | {Text(rule.When)} | {rule.Why.English} |";
        yield return "";
        yield return "| decided | rule | where | then | because |";
        yield return "|---|---|---|---|---|";
        foreach (var decision in Decisions.All)
            foreach (var rule in decision.Rules)
                yield return $"| {decision.Title.English} | `{rule.Name}` | {Text(rule.When)} | {Words(rule.Then)} | {rule.Why.English} |";
    }

    public static IEnumerable<string> Topologies()
    {
        yield return "| topology | what it is | processes beside the database | network exchanges a request | statements a request, by a cookie of `session` / by a token |";
        yield return "|---|---|---|---|---|";
        foreach (var topology in Cancela.Server.Advice.Topologies.All)
            yield return $"| `{topology.Word}` | {topology.Text.English} | {topology.Processes.Count}: {string.Join(", ", topology.Processes)} "
                + $"| {topology.Exchanges.Count}: {string.Join("; ", topology.Exchanges)} | {Number(topology.ByCookie)} / {Number(topology.ByToken)} |";
    }

    public static IEnumerable<string> Flags()
    {
        yield return "| flag | answers; the first is the default | what is asked |";
        yield return "|---|---|---|";
        foreach (var question in Questions.All)
            yield return $"| `--{question.Flag}` | {string.Join(", ", question.Choices.Select(static choice => $"`{choice.Word}`"))} | {question.Text.English}{(question.Several ? " Several, separated by commas." : "")} |";
    }

    private static string Number(int? number) => number is { } value ? $"{value}" : "—";

    private static string Text(When when)
    {
        var parts = when.Each.Select(static group => Words(group)).ToList();
        if (when.Without != Facts.None) parts.Add($"neither {Words(when.Without, " nor ")}");
        return parts.Count == 0 ? "otherwise" : string.Join("; ", parts);
    }

    private static string Words(Facts facts, string between = " or ") => string.Join(between, Known.Where(known => facts.HasFlag(known.Fact)).GroupBy(static known => known.Of)
        .Select(group => $"{group.Key} {string.Join(between, group.Select(static known => $"`{known.Word}`"))}"));
}
