using System.Text.RegularExpressions;

namespace Cancela.Tests.House;

/// <summary>
/// The tables of <c>docs/options.md</c>: <c>| setting | values | default | meaning |</c>. The default is what the code
/// says, optionally followed by a semicolon and a remark; what follows from the machine is written <c>64 × cores</c>. The
/// values of an enumeration are all named.
/// </summary>
internal static partial class SettingsDocument
{
    public static IEnumerable<string> Faults(Type root, string markdown)
    {
        var settings = Setting.Below(root).ToList();
        var rows = MarkdownTable.Rows(markdown, "setting");
        foreach (var setting in settings)
        {
            var row = rows.Find(cells => cells[0] == $"`{setting.Path}`");
            if (row is null) yield return $"{setting.Path} has no row (default {setting.Default})";
            else if (row.Length != 4 || row.Any(string.IsNullOrEmpty)) yield return $"{setting.Path}: a cell is empty";
            else
            {
                if (!IsDefault(setting, row[2])) yield return $"{setting.Path}: the default is {setting.Default}";
                foreach (var name in Names(setting.Type).Where(name => !row[1].Split('`').Any(value => Same(value, name))))
                    yield return $"{setting.Path}: {name} is not among the values";
            }
        }
        foreach (var row in rows.Where(row => settings.TrueForAll(setting => row[0] != $"`{setting.Path}`")))
            yield return $"{row[0]} is no setting of ours";
    }

    private static bool IsDefault(Setting setting, string cell)
    {
        var written = Cores().Replace(cell.Replace("`", "", StringComparison.Ordinal), PerCore);
        return written == setting.Default || written.StartsWith(setting.Default + ";", StringComparison.Ordinal)
            || (setting.Type.IsEnum && Same(written.Split(';')[0], setting.Default));
    }

    private static string PerCore(Match match) =>
        $"{Environment.ProcessorCount * (match.Groups[1].Success ? int.Parse(match.Groups[1].Value) : 1)}";

    private static string[] Names(Type type) => type.IsEnum ? Enum.GetNames(type) : [];

    // RefreshRotation in C# is refresh-rotation in a configuration file.
    private static bool Same(string written, string name) =>
        string.Equals(written.Replace("-", "", StringComparison.Ordinal), name, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?:(\d+) × )?\bcores\b")]
    private static partial Regex Cores();
}
