using System.Globalization;
using System.Text;

namespace Cancela.Credentials.Totp.Qr;

/// <summary>
/// A QR code as an SVG that can stand in a page or be a file of its own. It scales with what it stands in, refers to nothing
/// outside, and holds no style and no script, so that no Content-Security-Policy has to permit it.
/// </summary>
internal static class QrSvg
{
    // Section 6.3.8: four modules on each side. White is drawn too: a page may be dark.
    private const int QuietZone = 4;

    // Half a surrogate pair is no text, and a code that says something else than it was given is worse than none.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The code of a text in UTF-8. Without a note of the character set: readers recognise UTF-8, and some know no notes.</summary>
    /// <exception cref="ArgumentException">It has more than 2,331 bytes, or half of a surrogate pair.</exception>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of(QrCode.Of(Strict.GetBytes(text)));
    }

    /// <summary>One unit of the image is one module.</summary>
    public static string Of(QrCode code)
    {
        var width = code.Size + (2 * QuietZone);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}" shape-rendering="crispEdges"><rect width="{width}" height="{width}" fill="#fff"/><path fill="#000" d="{Path(code)}"/></svg>
            """);
    }

    // A rectangle for each run of dark modules in a row.
    private static string Path(QrCode code)
    {
        var path = new StringBuilder();
        for (var row = 0; row < code.Size; row++)
        {
            for (var column = 0; column < code.Size; column++)
            {
                var start = column;
                while (column < code.Size && code[row, column]) column++;
                var run = column - start;
                if (run > 0) path.Append(CultureInfo.InvariantCulture, $"M{QuietZone + start} {QuietZone + row}h{run}v1h-{run}z");
            }
        }
        return path.ToString();
    }
}
