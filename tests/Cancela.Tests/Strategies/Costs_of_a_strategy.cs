using Cancela.Strategies;
using Cancela.Tests.Contracts;
using Cancela.Tests.House;
using Xunit;

namespace Cancela.Tests.Strategies;

/// <summary>Every strategy's page opens with what it costs: these figures are measured.</summary>
[OnEachStore]
public sealed class Costs_of_a_strategy
{
    [Theory]
    [InlineData(StrategyNames.Session)]
    [InlineData(StrategyNames.Jwt)]
    [InlineData(StrategyNames.JwtCookie)]
    [InlineData(StrategyNames.RefreshDenylist)]
    [InlineData(StrategyNames.RefreshRotation)]
    public async Task Its_page_and_the_readme_say_what_is_measured(string strategy)
    {
        var measured = await MeasuredCosts.OfAsync(strategy);
        Expect.None(PageFaults(Repository.Read($"docs/strategies/{strategy}.md"), measured));
        Expect.None(ReadmeFaults(Repository.Read("README.md"), strategy, measured));
    }

    private static readonly Dictionary<string, string> Measured = new()
    {
        ["each further request"] = "0",
        ["refresh"] = "1",
        ["credential, bytes"] = "500",
    };

    [Theory]
    [InlineData("| each further request | 0 |\n| refresh | 1 |\n| credential, bytes | 500 |", 0)]
    [InlineData("| each further request | 0 |\n| refresh | 0 |\n| credential, bytes | 500 |", 1)]
    [InlineData("| each further request | 0 |\n| credential, bytes | 500 |", 1)]
    [InlineData("| each further request | 0 |\n| refresh | 1 |\n| logout | 0 |\n| credential, bytes | 500 |", 1)]
    public void A_page_that_says_something_else_is_found(string rows, int faults) =>
        Assert.Equal(faults, PageFaults("| cost | measured |\n|---|---|\n" + rows, Measured).Count());

    [Theory]
    [InlineData("| `jwt` | a token | 0 | 1 | never |", 0)]
    [InlineData("| `jwt` | a token | 2 | 1 | never |", 1)]
    [InlineData("| `jwt` | a token | 0 | — | never |", 1)]
    [InlineData("| `other` | a token | 0 | 1 | never |", 1)]
    public void A_readme_that_says_something_else_is_found(string row, int faults) =>
        Assert.Equal(faults, ReadmeFaults("| strategy | x | y | z | w |\n|---|---|---|---|---|\n" + row, "jwt", Measured).Count());

    private static IEnumerable<string> PageFaults(string markdown, Dictionary<string, string> measured)
    {
        var rows = MarkdownTable.Rows(markdown, "cost").ToDictionary(row => row[0], row => row[1]);
        foreach (var (what, value) in measured)
            if (rows.GetValueOrDefault(what) != value) yield return $"| {what} | {value} |";
        foreach (var (what, _) in rows.Where(row => !measured.ContainsKey(row.Key))) yield return $"{what} is not measured";
    }

    // | strategy | what the client holds | statements a request | … a refresh | …
    private static IEnumerable<string> ReadmeFaults(string markdown, string strategy, Dictionary<string, string> measured)
    {
        var row = MarkdownTable.Rows(markdown, "strategy").Find(cells => cells[0].Contains($"`{strategy}`", StringComparison.Ordinal));
        if (row is null) yield return $"README.md has no row for {strategy}";
        else if (row[2] != measured["each further request"] || row[3] != measured.GetValueOrDefault("refresh", "—"))
            yield return $"README.md, {strategy}: {measured["each further request"]} statements a request, {measured.GetValueOrDefault("refresh", "—")} a refresh";
    }
}
