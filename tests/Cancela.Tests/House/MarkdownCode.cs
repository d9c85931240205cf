using System.Text.RegularExpressions;

namespace Cancela.Tests.House;

/// <summary>The fenced blocks of a document that are written in one language.</summary>
internal static partial class MarkdownCode
{
    public static List<string> Blocks(string markdown, string language) =>
        [.. Fence().Matches(markdown).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value)];

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
