namespace Cancela.Credentials.Totp.Qr;

/// <summary>What is drawn whatever the message is: by it a reader finds the code and its modules (section 6.3).</summary>
internal static class QrPatterns
{
    /// <summary>A sheet with all function patterns; the format information on it is that of mask 0.</summary>
    public static QrModules Of(QrVersion version)
    {
        var modules = new QrModules(version.Size);
        DrawTiming(modules);
        DrawFinder(modules, 3, 3);
        DrawFinder(modules, 3, modules.Size - 4);
        DrawFinder(modules, modules.Size - 4, 3);
        DrawAlignment(modules, version.AlignmentCentres());
        if (version.SaysItself) DrawVersion(modules, QrInformation.OfVersion(version));
        DrawFormat(modules, mask: 0);
        return modules;
    }

    /// <summary>Twice, in each copy the highest bit first (section 7.9.1).</summary>
    public static void DrawFormat(QrModules modules, int mask)
    {
        var (bits, size) = (QrInformation.OfFormat(mask), modules.Size);
        for (var i = 0; i < 15; i++)
        {
            var dark = IsSet(bits, 14 - i);
            // Along row 8 to the corner of the first finder and up column 8; the timing patterns in row and column 6 are left out.
            if (i < 8) modules.DrawFunction(8, i < 6 ? i : i + 1, dark);
            else modules.DrawFunction(i < 9 ? 7 : 14 - i, 8, dark);
            // Up column 8 beside the lower finder, then along row 8 below the right one.
            if (i < 7) modules.DrawFunction(size - 1 - i, 8, dark);
            else modules.DrawFunction(8, size - 15 + i, dark);
        }
        // The one module that no information needs "shall always be dark".
        modules.DrawFunction(size - 8, 8, dark: true);
    }

    private static void DrawTiming(QrModules modules)
    {
        for (var i = 0; i < modules.Size; i++)
        {
            modules.DrawFunction(6, i, i % 2 == 0);
            modules.DrawFunction(i, 6, i % 2 == 0);
        }
    }

    // Squares of 7, 5 and 3 modules, dark, light and dark, in a light one of 9, the separator, of which the edge cuts off two sides.
    private static void DrawFinder(QrModules modules, int row, int column)
    {
        for (var y = Math.Max(row - 4, 0); y <= Math.Min(row + 4, modules.Size - 1); y++)
        for (var x = Math.Max(column - 4, 0); x <= Math.Min(column + 4, modules.Size - 1); x++)
            modules.DrawFunction(y, x, Distance(y - row, x - column) is not (2 or 4));
    }

    private static void DrawAlignment(QrModules modules, int[] centres)
    {
        foreach (var row in centres)
        foreach (var column in centres)
        {
            // The finders have three of the corners.
            if ((row, column) == (6, 6) || (row, column) == (6, centres[^1]) || (row, column) == (centres[^1], 6)) continue;
            for (var y = -2; y <= 2; y++)
            for (var x = -2; x <= 2; x++)
                modules.DrawFunction(row + y, column + x, Distance(y, x) != 1);
        }
    }

    // Section 7.10: three by six modules beside the right finder, and the same transposed above the lower one, the lowest bit first.
    private static void DrawVersion(QrModules modules, int bits)
    {
        for (var i = 0; i < 18; i++)
        {
            var (along, across) = (i / 3, modules.Size - 11 + (i % 3));
            modules.DrawFunction(along, across, IsSet(bits, i));
            modules.DrawFunction(across, along, IsSet(bits, i));
        }
    }

    private static int Distance(int y, int x) => Math.Max(Math.Abs(y), Math.Abs(x));

    private static bool IsSet(int bits, int bit) => ((bits >> bit) & 1) != 0;
}
