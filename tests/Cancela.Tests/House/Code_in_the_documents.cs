using Xunit;

namespace Cancela.Tests.House;

/// <summary>C# in a document is compiled: each block stands, line after line, in one file of a sample.</summary>
public sealed class Code_in_the_documents
{
    [Fact]
    public void Every_block_of_it_is_part_of_a_sample()
    {
        var samples = Repository.Code("samples").Select(sample => sample.Text).ToList();
        var blocks = Repository.Documents.SelectMany(document => MarkdownCode.Blocks(document.Text, "csharp").Select(block => (document.Path, block)));
        Expect.None(blocks.Where(block => !samples.Exists(sample => IsPartOf(sample, block.block))).Select(block => $"{block.Path}:\n{block.block}"));
    }

    // Whoever pastes what a first page prints has a program that compiles.
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/start.md")]
    public void A_first_page_prints_a_whole_program(string document) =>
        Assert.Contains(string.Join('\n', MarkdownCode.Blocks(Repository.Read(document), "csharp")), Repository.Code("samples").Select(sample => sample.Text));

    private const string Sample = "var one = 1;\n\nvar two = 2;\nvar three = 3;\n\nGo();\n";

    [Theory]
    [InlineData("var one = 1;\n\nvar two = 2;\n", true)]
    [InlineData("var two = 2;\nvar three = 3;\n", true)]
    [InlineData("var one = 1;\n\nGo();\n", false)]
    [InlineData("var one = 1;\nvar two = 2;\n", false)]
    [InlineData("var four = 4;\n", false)]
    [InlineData("var thr\n", false)]
    public void A_block_is_looked_for_line_after_line(string block, bool found) => Assert.Equal(found, IsPartOf(Sample, block));

    private static bool IsPartOf(string sample, string block) => ("\n" + sample).Contains("\n" + block, StringComparison.Ordinal);
}
