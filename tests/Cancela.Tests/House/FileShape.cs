using System.Text.RegularExpressions;

namespace Cancela.Tests.House;

/// <summary>How a C# file looks from outside: its length, its namespace, its name.</summary>
internal static partial class FileShape
{
    private const int MostLines = 400;

    public static IEnumerable<string> Faults(SourceFile file)
    {
        if (file.Lines.Length > MostLines) yield return $"{file.Path} has {file.Lines.Length} lines";

        var types = TopLevelType().Matches(file.Code);
        if (types.Count == 0) yield break; // the statements of a program
        var expected = ExpectedNamespace(file.Path);
        var actual = Namespace().Match(file.Code).Groups[1].Value;
        // A program's partial class, which tests name, has no namespace.
        if (actual != expected && Path.GetFileName(file.Path) != "Program.cs" && !IsDoor(file, actual)) yield return $"{file.Path} is in the namespace '{actual}', not '{expected}'";
    }

    /// <summary>For the library and the server: a type is found by its file.</summary>
    public static IEnumerable<string> NamingFaults(SourceFile file)
    {
        var types = TopLevelType().Matches(file.Code);
        var open = types.Where(type => type.Groups["access"].Value == "public").Select(type => type.Groups["name"].Value).ToList();
        if (open.Count > 1) yield return $"{file.Path} has {open.Count} public types: {string.Join(", ", open)}";
        var name = Path.GetFileName(file.Path).Split('.')[0];
        if (types.Count == 0 && name != "Program") yield return $"{file.Path} declares no type";
        if (types.Count > 0 && types.All(type => type.Groups["name"].Value != name)) yield return $"{file.Path} declares no {name}";
        if (open.Count == 1 && open[0] != name) yield return $"{file.Path} declares {open[0]}";
    }

    // The framework's habit: extension methods stand where a host looks for them without a using line.
    private static bool IsDoor(SourceFile file, string actual) =>
        file.Path.Split('/').Length == 3 && (file.Code.Contains("public static class", StringComparison.Ordinal) || file.Code.Contains("public static partial class", StringComparison.Ordinal))
        && (actual is "Microsoft.Extensions.DependencyInjection" or "Microsoft.AspNetCore.Builder");

    private static string ExpectedNamespace(string path) => string.Join('.', path.Split('/')[1..^1]);

    // Namespaces are file-scoped, so a type that starts its line is nested in nothing.
    [GeneratedRegex("""
        ^(?<access>public|internal|file)[ ](?:(?:static|sealed|abstract|partial|readonly|ref|unsafe)[ ])*
        (?:class|struct|record(?:[ ](?:class|struct))?|interface|enum|delegate[ ]\S+)[ ](?<name>\w+)
        """, RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
