using System.Globalization;
using Cancela.Text;

namespace Cancela.Accounts;

/// <summary>What to call somebody. Names have no rules (Null, O'Brien, one letter, any script); text has.</summary>
internal static class PersonName
{
    /// <summary>In UTF-16 code units, after trimming.</summary>
    public const int MaxLength = 200;

    /// <summary>Reads what somebody typed. Nothing is a name too: none.</summary>
    public static PersonNameReading Read(string? input)
    {
        if (string.IsNullOrWhiteSpace(input)) return new PersonNameReading.Valid(null);
        if (!Nfc.TryNormalize(input.Trim(), out var name)) return new PersonNameReading.Malformed();
        if (name.Length > MaxLength) return new PersonNameReading.TooLong();
        return name.Any(IsForbidden) ? new PersonNameReading.Malformed() : new PersonNameReading.Valid(name);
    }

    // The bidirectional controls turn round the text that follows the name on a page. The joiners stay: names need them.
    private static bool IsForbidden(char c) =>
        c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
