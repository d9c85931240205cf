namespace Cancela.Credentials.Totp.Qr;

/// <summary>A QR code (ISO/IEC 18004:2015) in byte mode at error correction level M: a square of modules that does not change.</summary>
internal sealed class QrCode
{
    private readonly QrModules _modules;

    private QrCode(QrModules modules) => _modules = modules;

    /// <summary>Modules on each side, without the quiet zone: 21 to 177.</summary>
    public int Size => _modules.Size;

    /// <summary>Whether a module is dark; the first one is in the upper left corner.</summary>
    public bool this[int row, int column] => _modules[row, column];

    /// <summary>The smallest code that holds a message, under the mask of least penalty.</summary>
    /// <exception cref="ArgumentException">It has more than 2,331 bytes.</exception>
    public static QrCode Of(ReadOnlySpan<byte> message)
    {
        var version = QrVersion.For(message);
        return Of(QrData.Encode(message, version), version);
    }

    /// <summary>A code of data codewords, whichever mode they are in.</summary>
    public static QrCode Of(ReadOnlySpan<byte> data, QrVersion version)
    {
        var modules = Unmasked(data, version);
        return new(Enumerable.Range(0, QrMask.Count).Select(mask => QrMask.Apply(modules, mask)).MinBy(QrPenalty.Of)!);
    }

    /// <summary>The same under a mask that the caller chooses.</summary>
    public static QrCode Of(ReadOnlySpan<byte> data, QrVersion version, int mask) => new(QrMask.Apply(Unmasked(data, version), mask));

    private static QrModules Unmasked(ReadOnlySpan<byte> data, QrVersion version)
    {
        var modules = QrPatterns.Of(version);
        QrPlacement.Draw(modules, QrBlocks.Interleave(data, version));
        return modules;
    }
}
