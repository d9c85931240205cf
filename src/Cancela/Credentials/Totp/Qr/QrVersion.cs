namespace Cancela.Credentials.Totp.Qr;

/// <summary>One of the forty sizes of a QR code at error correction level M: what it holds, and in how many blocks.</summary>
/// <param name="Number">1 to 40.</param>
internal readonly record struct QrVersion(int Number)
{
    public const int Last = 40;

    // Table 9, level M, version 1 first. M survives the loss of 15 %: a screen is not torn, but it reflects.
    private static ReadOnlySpan<byte> CorrectionOfABlock =>
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
        26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ];

    private static ReadOnlySpan<byte> NumberOfBlocks =>
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
        17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ];

    /// <summary>Modules on each side.</summary>
    public int Size => 17 + (4 * Number);

    public int Blocks => NumberOfBlocks[Number - 1];

    /// <summary>The codewords that Reed-Solomon adds to each block.</summary>
    public int CorrectionCodewords => CorrectionOfABlock[Number - 1];

    /// <summary>All codewords, of data and of correction.</summary>
    public int Codewords => FreeModules / 8;

    public int DataCodewords => Codewords - (Blocks * CorrectionCodewords);

    /// <summary>Table 3: how many bytes say how long a message in byte mode is.</summary>
    public int CountBytes => Number < 10 ? 1 : 2;

    /// <summary>The longest message, in bytes. Mode indicator and terminator have four bits each: a codeword together.</summary>
    public int Capacity => DataCodewords - 1 - CountBytes;

    /// <summary>The versions from 7 on say which they are.</summary>
    public bool SaysItself => Number >= 7;

    /// <summary>Annex E: the rows, and the columns, in which alignment patterns have their centres.</summary>
    public int[] AlignmentCentres()
    {
        if (Number == 1) return [];
        var (count, last) = (AlignmentCount, Size - 7);
        // Even steps, so that the pattern fits the timing pattern that it covers; what is left over shortens the first.
        // Version 32 has a step of 26 where all others would have 28.
        var step = Number == 32 ? 26 : (last - 6 + (2 * count) - 3) / (2 * (count - 1)) * 2;
        return [6, .. Enumerable.Range(0, count - 1).Select(i => last - ((count - 2 - i) * step))];
    }

    private int AlignmentCount => Number == 1 ? 0 : (Number / 7) + 2;

    private int FreeModules
    {
        get
        {
            const int finders = 3 * 8 * 8, format = (2 * 15) + 1;
            var timing = 2 * (Size - 16);
            var version = SaysItself ? 2 * 18 : 0;
            // All but those in the corners of the finders; those on a timing pattern share five modules with it.
            var n = AlignmentCount;
            var alignment = n == 0 ? 0 : (((n * n) - 3) * 25) - (2 * (n - 2) * 5);
            return (Size * Size) - finders - format - timing - version - alignment;
        }
    }

    /// <summary>The smallest version that holds a message.</summary>
    /// <exception cref="ArgumentException">None does.</exception>
    public static QrVersion For(ReadOnlySpan<byte> message)
    {
        for (var number = 1; number <= Last; number++)
        {
            var version = new QrVersion(number);
            if (message.Length <= version.Capacity) return version;
        }
        throw new ArgumentException(
            $"A QR code of level M holds {new QrVersion(Last).Capacity} bytes; there are {message.Length}.", nameof(message));
    }
}
