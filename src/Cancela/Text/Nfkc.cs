using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Cancela.Text;

/// <summary>
/// Unicode normalization form KC (UAX #15): "º" is "o", "ﬁ" is two letters. Nothing here is hashed like that; another system, whose
/// hashes are verified, does it.
/// </summary>
internal static class Nfkc
{
    private static readonly Lazy<FrozenDictionary<int, string>> Loaded = new(static () => Lines().SelectMany(Read).ToFrozenDictionary());

    /// <summary>The characters that stand for others, and what they stand for.</summary>
    public static FrozenDictionary<int, string> Replacements => Loaded.Value;

    /// <summary>False when the text holds half of a surrogate pair.</summary>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? normalized)
    {
        // Nothing below the first of them changes, and half a pair is found here as there.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u009f') || !Nfc.TryNormalize(text, out _)) return Nfc.TryNormalize(text, out normalized);
        var replaced = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Replacements.TryGetValue(rune.Value, out var others)) replaced.Append(others);
            else replaced.Append(rune);
        }
        return Nfc.TryNormalize(replaced.ToString(), out normalized);
    }

    private static IEnumerable<KeyValuePair<int, string>> Read(string line)
    {
        var fields = line.Split(' ');
        var run = fields[0].Split("..");
        var (first, last) = (Hex(run[0]), Hex(run[^1]));
        if (first == last) return [KeyValuePair.Create(first, string.Concat(fields.Skip(1).Select(static field => char.ConvertFromUtf32(Hex(field)))))];
        return Enumerable.Range(first, last - first + 1).Select(point => KeyValuePair.Create(point, char.ConvertFromUtf32(Hex(fields[1]) + point - first)));
    }

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(Nfkc).Assembly.GetManifestResourceStream("Cancela.Text.Nfkc.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#')) yield return line;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
