using System.Runtime.InteropServices;
using System.Text;

namespace Cancela.Bench;

/// <summary>Prints the rows as they come, and keeps them as a page: <c>benchmarks/results/latest.md</c>.</summary>
internal sealed class Report
{
    private readonly StringBuilder _page = new();
    private int _rows;
    private int _missed;

    public void Begin()
    {
        var machine = $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}, load {LoadAverage()}";
        Console.WriteLine(machine);
        _page.AppendLine("# Benchmark results").AppendLine().AppendLine($"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC. {machine}.");
    }

    public void Begin(Section section)
    {
        Console.WriteLine($"\n{section.Name}");
        _page.AppendLine().AppendLine($"## {section.Name}").AppendLine().AppendLine("| | figure | target | | |").AppendLine("|---|---|---|---|---|");
    }

    public void Add(BenchRow row)
    {
        _rows++;
        if (!row.Met) _missed++;
        var verdict = row.Target == "-" ? "" : row.Met ? "met" : "MISSED";
        var remark = row.Remark.Length == 0 ? "" : $"  ({row.Remark})";
        Console.WriteLine($"{verdict,-6}  {row.What,-72} {row.Figure,-34} {row.Target}{remark}");
        _page.AppendLine($"| {row.What} | {row.Figure} | {row.Target} | {verdict} | {row.Remark} |");
    }

    /// <returns>The exit code: 0 when nothing was missed.</returns>
    public int End()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root(), "benchmarks", "results"));
        File.WriteAllText(Path.Combine(folder.FullName, "latest.md"), _page.ToString());
        Console.WriteLine($"\n{_rows} figures, {_missed} missed. Kept in benchmarks/results/latest.md");
        return _missed == 0 ? 0 : 1;
    }

    // One number above the cores means that the machine had something else to do.
    public static string LoadAverage() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cancela.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not in the repository.");
        return folder;
    }
}
