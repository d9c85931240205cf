using System.Text.RegularExpressions;
using Cancela.Problems;
using Xunit;

namespace Cancela.Tests.House;

public sealed partial class Errors_and_their_document
{
    [Fact]
    public void Each_problem_stands_in_the_document_and_nothing_else_does() =>
        Expect.None(Faults(Problem.All, Repository.Read("docs/errors.md")));

    [Fact]
    public void No_two_problems_share_a_code() =>
        Assert.Equal(Problem.All.Count, Problem.All.Select(problem => problem.Code).Distinct().Count());

    [Theory]
    [InlineData("| 401 | `gone` | Foi embora {tipo} | Gone {type} | when | do |", 0)]
    [InlineData("| 403 | `gone` | Foi embora {tipo} | Gone {type} | when | do |", 1)]
    [InlineData("| 401 | `gone` | Foi-se {tipo} | Gone {type} | when | do |", 1)]
    [InlineData("| 401 | `gone` | Foi embora {tipo} | Went {type} | when | do |", 1)]
    [InlineData("| 401 | `gone` | Foi embora {tipo} | Gone {type} | | do |", 1)]
    [InlineData("| 401 | `lost` | Foi embora {tipo} | Gone {type} | when | do |", 2)]
    [InlineData("", 1)]
    public void A_difference_is_found(string row, int faults) =>
        Assert.Equal(faults, Faults([new Problem("gone", 401, "Foi embora {0}", "Gone {0}")], "| status | code |\n|---|---|\n" + row).Count());

    private static IEnumerable<string> Faults(IReadOnlyList<Problem> problems, string markdown)
    {
        var rows = MarkdownTable.Rows(markdown, "status").Where(row => row.Length > 1).ToList();
        foreach (var problem in problems)
        {
            var row = rows.Find(cells => cells[1] == $"`{problem.Code}`");
            if (row is null) yield return $"{problem.Code} has no row";
            else if (row.Length != 6 || row.Any(string.IsNullOrEmpty)) yield return $"{problem.Code}: a cell is empty";
            else if (row[0] != $"{problem.Status}" || Sentence(row[2]) != problem.Portuguese || Sentence(row[3]) != problem.English)
                yield return $"{problem.Code}: expected | {problem.Status} | … | {problem.Portuguese} | {problem.English} |";
        }
        foreach (var row in rows.Where(row => problems.All(problem => row[1] != $"`{problem.Code}`")))
            yield return $"{row[1]} is no problem of ours";
    }

    // A reader sees the name of the argument, the code its number.
    private static string Sentence(string cell) => Argument().Replace(cell, "{0}");

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Argument();
}
