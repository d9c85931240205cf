using System.Text;

namespace Cancela.Tokens;

/// <summary>The three parts of RFC 7515 section 7.1, still encoded. The parts are views of the buffer that the text was copied to.</summary>
internal readonly ref struct CompactToken
{
    /// <summary>Longer tokens are refused before a byte of them is read.</summary>
    public const int MaximumLength = 8 * 1024;

    private CompactToken(ReadOnlySpan<byte> text, int firstDot, int secondDot)
    {
        Header = text[..firstDot];
        Payload = text[(firstDot + 1)..secondDot];
        Signature = text[(secondDot + 1)..];
        SigningInput = text[..secondDot];
    }

    public ReadOnlySpan<byte> Header { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public ReadOnlySpan<byte> Signature { get; }

    public ReadOnlySpan<byte> SigningInput { get; }

    /// <summary>Copies the text, which must be ASCII and fit, as bytes.</summary>
    public static bool TryCopy(ReadOnlySpan<char> text, Span<byte> buffer, out ReadOnlySpan<byte> ascii)
    {
        ascii = default;
        if (text.Length > MaximumLength || Ascii.FromUtf16(text, buffer, out var written) != System.Buffers.OperationStatus.Done) return false;
        ascii = buffer[..written];
        return true;
    }

    /// <summary>Exactly three parts; a fourth one is found when the signature turns out not to be base64url.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> ascii, out CompactToken token)
    {
        token = default;
        var first = ascii.IndexOf((byte)'.');
        if (first <= 0) return false;
        var second = ascii[(first + 1)..].IndexOf((byte)'.');
        if (second < 0) return false;
        token = new CompactToken(ascii, first, first + 1 + second);
        return true;
    }
}
