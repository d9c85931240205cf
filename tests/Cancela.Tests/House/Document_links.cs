using System.Text.RegularExpressions;
using Xunit;

namespace Cancela.Tests.House;

public sealed partial class Document_links
{
    [Fact]
    public void Every_link_leads_to_a_file_that_is_there() =>
        Expect.None(Repository.Documents.SelectMany(document => Broken(document, IsThere)));

    [Fact]
    public void Every_decision_has_a_number_of_its_own()
    {
        var names = Repository.Documents.Where(document => document.Path.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Select(document => Path.GetFileName(document.Path)).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Matches(@"^\d{4}-[a-z0-9.-]+\.md$", name));
        Expect.None(names.GroupBy(name => name[..4]).Where(group => group.Count() > 1).Select(group => string.Join(" and ", group)));
    }

    [Theory]
    [InlineData("[errors](errors.md#401)", "docs/errors.md")]
    [InlineData("[start](../README.md)", "README.md")]
    [InlineData("[licence](/LICENSE)", "LICENSE")]
    [InlineData("[decisions](decisions/)", "docs/decisions")]
    [InlineData("![picture](a.png \"title\")", "docs/a.png")]
    [InlineData("[ref]: errors.md", "docs/errors.md")]
    public void A_link_is_read_as_a_reader_would_follow_it(string text, string target)
    {
        List<string> asked = [];
        Assert.Single(Broken(new SourceFile("docs/page.md", text), path => { asked.Add(path); return false; }));
        Assert.Equal([target], asked);
    }

    [Theory]
    [InlineData("[RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)")]
    [InlineData("[above](#errors)")]
    [InlineData("```\n[not](a-link)\n```")]
    [InlineData("`[not](a-link)`")]
    public void What_leads_elsewhere_is_not_followed(string text) =>
        Assert.Empty(Broken(new SourceFile("docs/page.md", text), static _ => false));

    private static IEnumerable<string> Broken(SourceFile document, Func<string, bool> isThere) =>
        from match in Link().Matches(CodeBlock().Replace(document.Text, ""))
        let target = match.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':')
        let path = target[0] == '/' ? target[1..] : Resolve(Path.GetDirectoryName(document.Path)!, target)
        where !isThere(path)
        select $"{document.Path} links to {target}, which is not there";

    private static string Resolve(string folder, string target) =>
        Path.GetRelativePath("/", Path.Combine("/", folder, target)).Replace('\\', '/').TrimEnd('/');

    private static bool IsThere(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)[^)]*\)|^\[[^\]]+\]:\s*(?<target>\S+)", RegexOptions.Multiline)]
    private static partial Regex Link();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
