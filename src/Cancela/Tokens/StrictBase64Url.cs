using System.Buffers;
using System.Buffers.Text;

namespace Cancela.Tokens;

/// <summary>
/// Base64url with one spelling for each value. RFC 7515 section 5.2 has a verifier check that "no line breaks, whitespace,
/// or other additional characters have been used"; the framework's decoder skips white space and takes padding.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    // The last character of a text carries 4 or 2 bits that mean nothing. Where they are not zero, a second text would
    // have the same bytes, and a token could be changed without breaking its signature.
    private static readonly SearchValues<byte> LastOfTwo = SearchValues.Create("AQgw"u8);
    private static readonly SearchValues<byte> LastOfThree = SearchValues.Create("AEIMQUYcgkosw048"u8);

    private static bool IsCanonical(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAnyExcept(Alphabet)) return false;
        return (text.Length & 3) switch
        {
            0 => true,
            2 => LastOfTwo.Contains(text[^1]),
            3 => LastOfThree.Contains(text[^1]),
            _ => false,
        };
    }

    public static int DecodedLength(int textLength) => (int)((uint)textLength * 3 / 4);

    /// <summary>Decodes into a buffer that is long enough (<see cref="DecodedLength"/>).</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes, out int written)
    {
        written = 0;
        return IsCanonical(text) && Base64Url.DecodeFromUtf8(text, bytes, out _, out written) == OperationStatus.Done;
    }
}
