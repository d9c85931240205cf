namespace Cancela.Credentials.Totp.Qr;

/// <summary>Where the codewords are drawn (section 7.7.3).</summary>
internal static class QrPlacement
{
    /// <summary>
    /// In strips two modules wide from the right, upwards and downwards in turn, in each row the right module first, around what is
    /// drawn there already. A few modules may be left at the end; they are light, as the standard says.
    /// </summary>
    public static void Draw(QrModules modules, ReadOnlySpan<byte> codewords)
    {
        var (size, bit, upwards) = (modules.Size, 0, true);
        foreach (var right in Strips(size))
        {
            for (var step = 0; step < size; step++)
            {
                var row = upwards ? size - 1 - step : step;
                for (var column = right; column > right - 2; column--)
                {
                    if (modules.IsFunction(row, column)) continue;
                    modules[row, column] = bit < 8 * codewords.Length && ((codewords[bit / 8] << (bit % 8)) & 0x80) != 0;
                    bit++;
                }
            }
            upwards = !upwards;
        }
    }

    // The vertical timing pattern has column 6 for itself: the strips on its left are moved by one.
    private static IEnumerable<int> Strips(int size)
    {
        for (var right = size - 1; right > 6; right -= 2) yield return right;
        for (var right = 5; right > 0; right -= 2) yield return right;
    }
}
