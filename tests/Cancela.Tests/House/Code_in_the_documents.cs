using Xunit;

namespace Cancela.Tests.House;

/// <summary>C# in a document is compiled: each paragraph of it stands, in the same order, in one file of a sample.</summary>
public sealed class Code_in_the_documents
{
    [Fact]
    public void Every_paragraph_of_it_is_part_of_a_sample()
    {
        var blocks = Repository.Documents.SelectMany(document => MarkdownCode.Blocks(document.Text, "csharp").Select(block => (document.Path, block))).ToList();
        Assert.Contains(blocks, block => block.Path == "README.md");
        Assert.Contains(blocks, block => block.Path == "docs/start.md");
        var samples = Repository.Code("samples").ToList();
        Expect.None(blocks.Where(block => samples.TrueForAll(sample => !IsPartOf(sample.Text, block.block))).Select(block => $"{block.Path}:\n{block.block}"));
    }

    private const string Sample = "var one = 1;\n\nvar two = 2;\nvar three = 3;\n\nGo();\n";

    [Theory]
    [InlineData("var one = 1;\n\nGo();\n", true)]
    [InlineData("var two = 2;\n\nGo();\n", true)]
    [InlineData("var two = 2;\nvar three = 3;\n", true)]
    [InlineData("var one = 1;\nvar two = 2;\n", false)]
    [InlineData("Go();\n\nvar one = 1;\n", false)]
    [InlineData("var four = 4;\n", false)]
    [InlineData("var thr\n", false)]
    public void A_paragraph_is_looked_for_whole_and_in_order(string block, bool found) => Assert.Equal(found, IsPartOf(Sample, block));

    private static bool IsPartOf(string sample, string block)
    {
        var from = 0;
        foreach (var paragraph in block.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = "\n" + paragraph.Trim('\n') + "\n";
            var at = ("\n" + sample).IndexOf(lines, from, StringComparison.Ordinal);
            if (at < 0) return false;
            from = at + lines.Length - 1;
        }
        return true;
    }
}
