namespace Cancela.Tests.House;

/// <summary>The rows of the tables of a document whose first heading cell is the one asked for.</summary>
internal static class MarkdownTable
{
    public static List<string[]> Rows(string markdown, string firstHeading)
    {
        List<string[]> rows = [];
        var inside = false;
        foreach (var line in markdown.Split('\n').Select(line => line.Trim()))
        {
            if (!line.StartsWith('|')) inside = false;
            else if (Cells(line) is var cells && cells[0] == firstHeading) inside = true;
            else if (inside && !cells[0].StartsWith("---", StringComparison.Ordinal)) rows.Add(cells);
        }
        return rows;
    }

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
}
