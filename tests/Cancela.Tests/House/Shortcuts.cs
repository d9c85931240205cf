using System.Text.RegularExpressions;

namespace Cancela.Tests.House;

/// <summary>What is not left behind in the source.</summary>
internal static partial class Shortcuts
{
    public static IEnumerable<string> Faults(SourceFile file)
    {
        foreach (Match match in Unfinished().Matches(file.Text)) yield return $"{file.Path} is unfinished: {match.Value}";
        foreach (Match match in Swallowed().Matches(file.Code)) yield return $"{file.Path} swallows what it catches: {match.Value}";
        foreach (Match match in Unexplained().Matches(file.WithoutLiterals)) yield return $"{file.Path} does not say why it lets go: {match.Value}";
        if (file.WithoutLiterals.Contains("#pragma warning disable RS0030", StringComparison.Ordinal)) yield return $"{file.Path} switches the banned symbols off";
        if (!file.Path.StartsWith("tests/", StringComparison.Ordinal)) yield break;
        foreach (Match match in Sleeps().Matches(file.Code)) yield return $"{file.Path} sleeps: {match.Value}";
    }

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K|NotImplemented[E]xception)\b")]
    private static partial Regex Unfinished();

    // Everything, into nothing. A named exception may end here, where a comment says why.
    [GeneratedRegex(@"\bcatch\s*(?:\(\s*(?:System\.)?Exception\b[^)]*\)\s*)?\{\s*\}")]
    private static partial Regex Swallowed();

    [GeneratedRegex(@"\bcatch\s*\([^)]*\)\s*(?:when\s*\([^{]*\)\s*)?\{\s*\}")]
    private static partial Regex Unexplained();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\s*\(")]
    private static partial Regex Sleeps();
}
