using System.Collections.Frozen;
using System.Globalization;

namespace Cancela.Text;

/// <summary>
/// The tables of <c>Nfc.txt</c>. Unicode never changes the normalization of a character once it is assigned, so that the
/// tables may stay as they are: newer characters pass through unchanged.
/// </summary>
internal static class NfcData
{
    private static readonly Lazy<Tables> Loaded = new(Read);

    public static FrozenDictionary<int, (int First, int Second)> Decompositions => Loaded.Value.Decompositions;

    public static FrozenDictionary<(int First, int Second), int> Compositions => Loaded.Value.Compositions;

    /// <summary>The canonical combining class; 0 for a starter.</summary>
    public static int Class(int point) => Loaded.Value.Classes.GetValueOrDefault(point);

    private sealed record Tables(
        FrozenDictionary<int, (int First, int Second)> Decompositions,
        FrozenDictionary<(int First, int Second), int> Compositions,
        FrozenDictionary<int, int> Classes);

    private static Tables Read()
    {
        var decompositions = new Dictionary<int, (int, int)>();
        var compositions = new Dictionary<(int, int), int>();
        var classes = new Dictionary<int, int>();
        foreach (var line in Lines())
        {
            if (line[0] == '=')
            {
                var fields = line[1..].Split(["..", " "], StringSplitOptions.None);
                for (var point = Hex(fields[0]); point <= Hex(fields[1]); point++)
                    classes.Add(point, int.Parse(fields[2], CultureInfo.InvariantCulture));
                continue;
            }
            var points = line.TrimStart('!').Split(' ').Select(Hex).ToArray();
            var parts = (points[1], points.ElementAtOrDefault(2));
            decompositions.Add(points[0], parts);
            if (line[0] != '!') compositions.Add(parts, points[0]);
        }
        return new Tables(decompositions.ToFrozenDictionary(), compositions.ToFrozenDictionary(), classes.ToFrozenDictionary());
    }

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(NfcData).Assembly.GetManifestResourceStream("Cancela.Text.Nfc.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#')) yield return line;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
