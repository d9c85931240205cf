using System.Buffers;
using System.Globalization;
using System.Text;
using Cancela.Sql;
using Cancela.Text;

namespace Cancela.Accounts;

/// <summary>
/// An address in the two spellings that matter: as its owner wrote it, which is where mail goes, and as it is compared.
/// Whether it exists is for a mail to find out; here is only refused what cannot be one or would hide something.
/// </summary>
internal sealed record EmailAddress
{
    /// <summary>RFC 5321 section 4.5.3.1.3 and RFC 3696 erratum 1690: in octets, and so in characters.</summary>
    public const int MaxLength = 254;

    // What RFC 5321 allows only inside quotes, and a mail header would read as syntax.
    private static readonly SearchValues<char> Syntax = SearchValues.Create("\"(),:;<>[\\]");

    private EmailAddress(string text) => (Text, Key) = (text, KeyOf(text));

    /// <summary>As written, trimmed and composed (NFC).</summary>
    public string Text { get; }

    /// <summary>
    /// As compared: in lower case. Characters that only differ in case are one (the Kelvin sign is a k), so nobody
    /// registers the twin of another's address. Mail always goes to the <see cref="Text"/> of the account found.
    /// </summary>
    public string Key { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static EmailReading Read(string? input)
    {
        if (string.IsNullOrWhiteSpace(input)) return new EmailReading.Missing();
        if (!Nfc.TryNormalize(input.Trim(), out var text)) return new EmailReading.Malformed();
        if (Encoding.UTF8.GetByteCount(text) > MaxLength) return new EmailReading.TooLong();
        return HasItsShape(text) ? new EmailReading.Valid(new EmailAddress(text)) : new EmailReading.Malformed();
    }

    /// <summary>The key of any text, an address or not: to count attempts whatever was typed. What the database would store in its place is the same key.</summary>
    public static string KeyOf(string input) =>
        StorableText.Of(Nfc.TryNormalize(input.Trim(), out var text) ? text.ToLowerInvariant() : input);

    // International domains are kept as written: turning them into Punycode is the mail server's work.
    private static bool HasItsShape(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || text.LastIndexOf('@') != at) return false;
        if (text.AsSpan().ContainsAny(Syntax) || text.EnumerateRunes().Any(IsHidden)) return false;
        var domain = text.AsSpan(at + 1);
        return domain.Length > 0 && domain[0] != '.' && domain[^1] != '.' && !domain.Contains("..", StringComparison.Ordinal);
    }

    // Line breaks and NUL would end a header early; invisible characters would make two addresses look like one.
    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.OtherNotAssigned;
}
