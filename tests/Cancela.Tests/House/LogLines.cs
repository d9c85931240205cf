using System.Text.RegularExpressions;

namespace Cancela.Tests.House;

/// <summary>The <c>[LoggerMessage]</c>s of the source: one number each, and nothing in them that a log must not hold.</summary>
internal static partial class LogLines
{
    private static readonly string[] Secret = ["password", "secret", "token", "hash", "mail", "cookie", "credential", "authorization"];

    public static IEnumerable<string> Faults(IEnumerable<SourceFile> source)
    {
        Dictionary<string, string> taken = [];
        foreach (var (file, arguments) in source.SelectMany(file => Attribute().Matches(file.Text).Select(match => (file, match.Groups[1].Value))))
        {
            var number = Number().Match(arguments).Groups[1].Value;
            if (number.Length == 0) yield return $"{file.Path}: a log line without an event ID: {arguments.Trim()}";
            else if (!taken.TryAdd(number, file.Path)) yield return $"{file.Path}: event ID {number} is taken by {taken[number]}";

            foreach (Match placeholder in Placeholder().Matches(arguments))
                if (Secret.Any(word => placeholder.Value.Contains(word, StringComparison.OrdinalIgnoreCase)))
                    yield return $"{file.Path}: event {number} writes {placeholder.Value}";
        }
        foreach (var file in source.Where(file => Unnumbered().IsMatch(file.Code)))
            yield return $"{file.Path} logs without [LoggerMessage]";
    }

    [GeneratedRegex("""\[LoggerMessage\(((?:[^"\)]|"(?:\\.|[^"\\])*")*)\)""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"(?:EventId\s*=\s*|^\s*)(\d+)")]
    private static partial Regex Number();

    [GeneratedRegex(@"\{@?\w+[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\.Log(?:Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex Unnumbered();
}
