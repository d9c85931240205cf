using System.Buffers;
using System.Text;

namespace Cancela.Sql;

/// <summary>
/// Text as every database can hold it. PostgreSQL has no U+0000, and half of a surrogate pair has no UTF-8: whoever sends
/// either gets U+FFFD in its place, as from any reader of malformed Unicode, and no error of the database's.
/// </summary>
internal static class StorableText
{
    private static readonly SearchValues<char> Doubtful = SearchValues.Create(['\0', .. Enumerable.Range(0xD800, 0x800).Select(static unit => (char)unit)]);

    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(Doubtful)) return text;
        var storable = new StringBuilder(text.Length);
        // Enumerating replaces half pairs.
        foreach (var rune in text.EnumerateRunes()) storable.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        return storable.ToString();
    }
}
