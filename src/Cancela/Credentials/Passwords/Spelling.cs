using System.Buffers;
using System.Globalization;

namespace Cancela.Credentials.Passwords;

/// <summary>
/// Numbers and bytes as their writers spell them, and in no other way: what has two spellings would be two hashes to whoever
/// compares them as text.
/// </summary>
internal static class Spelling
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Decimal digits without a sign and without a zero in front.</summary>
    public static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text[0] != '0' ? number : null;

    /// <summary>A name and a number: <c>ln=14</c>.</summary>
    public static int? Number(string text, string name) =>
        text.StartsWith(name, StringComparison.Ordinal) ? Number(text.AsSpan(name.Length)) : null;

    /// <summary>Base64 with its padding.</summary>
    public static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return null;
        Array.Resize(ref bytes, length);
        return Convert.ToBase64String(bytes) == text ? bytes : null;
    }

    /// <summary>Base64 without padding.</summary>
    public static byte[]? UnpaddedBase64(string text) =>
        text.Contains('=', StringComparison.Ordinal) ? null : Base64(text + new string('=', (4 - (text.Length % 4)) % 4));

    public static string UnpaddedBase64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>Hexadecimal in lower case.</summary>
    public static byte[]? Hex(string text) => text.Length % 2 == 0 && !text.AsSpan().ContainsAnyExcept(HexDigits) ? Convert.FromHexString(text) : null;
}
