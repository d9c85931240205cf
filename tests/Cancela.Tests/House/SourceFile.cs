using System.Text.RegularExpressions;

namespace Cancela.Tests.House;

/// <summary>One file of the tree. Rules are functions of it, so that each can also be shown a file that breaks it.</summary>
internal sealed partial class SourceFile(string path, string? text = null)
{
    private readonly Lazy<string> _text = new(() => text ?? Repository.Read(path));

    /// <summary>From the root, with slashes.</summary>
    public string Path { get; } = path;

    public string Text => _text.Value;

    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The text with its string literals emptied.</summary>
    public string WithoutLiterals => CommentOrLiteral().Replace(Text, static match => match.Value[0] == '/' ? match.Value : "\"\"");

    /// <summary>The same, without comments.</summary>
    public string Code => CommentOrLiteral().Replace(Text, static match => match.Value[0] == '/' ? "" : "\"\"");

    [GeneratedRegex("""
        //[^\n]* | /\*.*?\*/
        | \$*(?<raw>"{3,}).*?\k<raw> | (?:\$@|@\$?)"(?:[^"]|"")*" | \$?"(?:\\.|[^"\\\n])*" | '(?:\\.[^'\n]*|[^'\\\n])'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrLiteral();
}
