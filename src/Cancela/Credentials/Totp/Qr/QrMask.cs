namespace Cancela.Credentials.Totp.Qr;

/// <summary>
/// The eight masks (section 7.8): each turns some modules of the data over, so that nothing in it looks like a finder
/// pattern, and neither dark nor light lies in large areas.
/// </summary>
internal static class QrMask
{
    public const int Count = 8;

    /// <summary>The sheet under a mask, which its format information names.</summary>
    public static QrModules Apply(QrModules modules, int mask)
    {
        var masked = modules.Copy();
        for (var row = 0; row < modules.Size; row++)
        for (var column = 0; column < modules.Size; column++)
            if (!modules.IsFunction(row, column)) masked[row, column] ^= Turns(mask, row, column);
        QrPatterns.DrawFormat(masked, mask);
        return masked;
    }

    // Table 10.
    private static bool Turns(int mask, int i, int j) => mask switch
    {
        0 => (i + j) % 2 == 0,
        1 => i % 2 == 0,
        2 => j % 3 == 0,
        3 => (i + j) % 3 == 0,
        4 => ((i / 2) + (j / 3)) % 2 == 0,
        5 => (i * j % 2) + (i * j % 3) == 0,
        6 => ((i * j % 2) + (i * j % 3)) % 2 == 0,
        7 => (((i + j) % 2) + (i * j % 3)) % 2 == 0,
        _ => throw new ArgumentOutOfRangeException(nameof(mask)),
    };
}
