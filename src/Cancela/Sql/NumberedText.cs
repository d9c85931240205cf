using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Cancela.Sql;

/// <summary>
/// A statement's text with its parameters numbered: <c>$1</c> for the first that it names. Texts are constants, so each is worked out
/// once; a driver that is given names does so at every execution.
/// </summary>
internal sealed partial class NumberedText
{
    private static readonly ConcurrentDictionary<string, NumberedText> Known = new(StringComparer.Ordinal);

    // In the order of their numbers. What the text does not name has none: PostgreSQL would not know its type.
    private readonly string[] _names;
    private readonly int[] _places;

    private NumberedText(Statement statement)
    {
        var names = new List<string>();
        Text = LiteralOrName().Replace(statement.Text, found =>
        {
            if (found.ValueSpan[0] == '\'') return found.Value;
            var name = found.Value[1..];
            if (!names.Contains(name)) names.Add(name);
            return $"${names.IndexOf(name) + 1}";
        });
        _names = [.. names];
        _places = [.. names.Select(name => Array.FindIndex(statement.Parameters, parameter => parameter.Name == name))];
        if (Array.IndexOf(_places, -1) is var missing and >= 0) throw new ArgumentException($"The statement names @{_names[missing]} and has no such parameter.", nameof(statement));
    }

    public string Text { get; }

    public int Count => _places.Length;

    public static NumberedText Of(Statement statement)
    {
        if (Known.TryGetValue(statement.Text, out var known) && known.Fits(statement)) return known;
        return Known[statement.Text] = new NumberedText(statement);
    }

    /// <summary>The value of the parameter with this number, counted from 0.</summary>
    public object? ValueOf(Statement statement, int number) => statement.Parameters[_places[number]].Value;

    // Whoever says a text may list its parameters in another order than whoever said it before.
    private bool Fits(Statement statement)
    {
        for (var i = 0; i < _places.Length; i++)
        {
            if (_places[i] >= statement.Parameters.Length || statement.Parameters[_places[i]].Name != _names[i]) return false;
        }
        return true;
    }

    // A literal may have an address in it: it is passed over whole.
    [GeneratedRegex("'[^']*'|@[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex LiteralOrName();
}
