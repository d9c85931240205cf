using System.Text.Json;
using Cancela.Problems;
using Cancela.Server.Advice;
using Cancela.Tests.House;
using Xunit;

namespace Cancela.Tests.Server.Advice;

/// <summary>The table is read in meetings: the page shows the one that decides. CANCELA_UPDATE=1 writes the page's parts anew.</summary>
public sealed class Advice_and_its_document
{
    private const string Page = "docs/advise.md";

    [Fact]
    public void The_rules_are_those_of_the_code() => Compare("rules", AdviceTables.Lines());

    [Fact]
    public void The_costs_of_the_topologies_are_those_of_the_code() => Compare("topologies", AdviceTables.Topologies());

    [Fact]
    public void The_flags_are_those_of_the_code() => Compare("flags", AdviceTables.Flags());

    [Fact]
    public void The_example_is_what_the_command_prints()
    {
        var answers = Asked.Answers("--clients spa-same-origin");
        var report = AdviceReport.Of(new Situation(answers, null), Asked.Advise("--clients spa-same-origin"), figures: null, Language.English);
        Compare("example", ["```json", .. JsonSerializer.Serialize(report, AdviceJson.Readable.AdviceReport).Split('\n'), "```"]);
    }

    [Fact]
    public void A_part_that_differs_is_found() => Assert.NotEqual("old", Part("<!-- x -->\nold\n<!-- /x -->\n", "x").Replace("old", "new", StringComparison.Ordinal));

    private static void Compare(string name, IEnumerable<string> lines)
    {
        var text = Repository.Read(Page);
        var actual = string.Join('\n', lines);
        if (Environment.GetEnvironmentVariable("CANCELA_UPDATE") == "1")
        {
            text = text.Replace($"<!-- {name} -->\n{Part(text, name)}\n<!-- /{name} -->", $"<!-- {name} -->\n{actual}\n<!-- /{name} -->", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(Repository.Root, Page), text);
        }
        Assert.True(actual == Part(text, name), $"{Page} differs from the code in '{name}'. If the code is meant: CANCELA_UPDATE=1 ./test Advice_and_its_document\n{actual}");
    }

    private static string Part(string text, string name)
    {
        var (begin, end) = ($"<!-- {name} -->\n", $"\n<!-- /{name} -->");
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
