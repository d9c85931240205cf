using System.Diagnostics.Metrics;

namespace Cancela.Tests.House;

/// <summary>The table of metrics: <c>| metric | kind | unit | attributes | what it tells |</c>.</summary>
internal static class MetricsDocument
{
    public static IEnumerable<string> Faults(Figures figures, string markdown)
    {
        var rows = MarkdownTable.Rows(markdown, "metric");
        foreach (var instrument in figures.Instruments)
        {
            var row = rows.Find(cells => cells[0] == $"`{instrument.Name}`");
            if (row is null)
            {
                yield return $"{instrument.Name} has no row";
                continue;
            }
            var attributes = string.Join(", ", figures.AttributesOf(instrument));
            if (row.Length != 5 || row[4].Length == 0 || string.IsNullOrEmpty(instrument.Description)) yield return $"{instrument.Name}: a cell is empty";
            if (row[1] != KindOf(instrument)) yield return $"{instrument.Name} is a {KindOf(instrument)}";
            if (row[2] != $"`{instrument.Unit}`") yield return $"{instrument.Name} is in {instrument.Unit}";
            if (Names(row[3]) != attributes) yield return $"{instrument.Name} has the attributes {attributes}";
        }
        foreach (var row in rows.Where(row => figures.Instruments.All(instrument => row[0] != $"`{instrument.Name}`")))
            yield return $"{row[0]} is no metric of ours";
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "UpDownCounter" or "ObservableUpDownCounter" => "up-down counter",
        "Gauge" or "ObservableGauge" => "gauge",
        var other => other,
    };

    // The names in the cell come first in their backquotes; their values, if it lists them, stand in brackets behind.
    private static string Names(string cell) => string.Join(", ", WithoutValues(cell).Split('`').Where((_, at) => at % 2 == 1).Order(StringComparer.Ordinal));

    private static string WithoutValues(string cell) => System.Text.RegularExpressions.Regex.Replace(cell, @"\([^)]*\)", "");
}
