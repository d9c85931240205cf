namespace Cancela.Credentials.Totp.Qr;

/// <summary>How hard a masked code is to read (section 7.8.3, table 11): the mask with the fewest points is taken.</summary>
internal static class QrPenalty
{
    private const int Run = 3, Square = 3, LikeAFinder = 40, Imbalance = 10;

    // The light modules that make a finder of the pattern, on one side or the other. Those outside are of the quiet zone.
    private const int Margin = 4;
    private static readonly bool[] Finder = [true, false, true, true, true, false, true];

    public static int Of(QrModules modules)
    {
        var size = modules.Size;
        var (points, dark) = (0, 0);
        var (across, down) = (new bool[size + (2 * Margin)], new bool[size + (2 * Margin)]);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                across[Margin + j] = modules[i, j];
                down[Margin + j] = modules[j, i];
                if (modules[i, j]) dark++;
                if (i > 0 && j > 0 && IsSquare(modules, i, j)) points += Square;
            }
            points += OfLine(across) + OfLine(down);
        }
        // For each 5 % of all modules that dark and light are away from half and half.
        return points + (Imbalance * (Math.Abs((2 * dark) - (size * size)) * 10 / (size * size)));
    }

    private static bool IsSquare(QrModules modules, int row, int column) =>
        modules[row, column] == modules[row - 1, column]
        && modules[row, column] == modules[row, column - 1]
        && modules[row, column] == modules[row - 1, column - 1];

    private static int OfLine(ReadOnlySpan<bool> withMargins)
    {
        var points = 0;
        var line = withMargins[Margin..^Margin];
        for (int i = 0, alike = 0; i < line.Length; i++)
        {
            alike = i > 0 && line[i] == line[i - 1] ? alike + 1 : 1;
            // Five alike, and one more for each that follows.
            points += alike == 5 ? Run : alike > 5 ? 1 : 0;
        }
        for (var i = 0; i + Finder.Length <= line.Length; i++)
        {
            if (!line.Slice(i, Finder.Length).SequenceEqual(Finder)) continue;
            var before = withMargins.Slice(i, Margin);
            var after = withMargins.Slice(Margin + i + Finder.Length, Margin);
            if (!before.Contains(true) || !after.Contains(true)) points += LikeAFinder;
        }
        return points;
    }
}
