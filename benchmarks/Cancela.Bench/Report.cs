using System.Runtime.InteropServices;
using Cancela.Bench.Kept;

namespace Cancela.Bench;

/// <summary>Prints the rows as they come, keeps them in <c>benchmarks/results</c>, and writes <c>docs/performance.md</c> of all that is kept.</summary>
internal sealed class Report
{
    private readonly string _root = Root();
    private readonly string _machine =
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    private int _rows;
    private int _missed;

    public void Begin() => Console.WriteLine($"{_machine}, load {LoadAverage()}");

    /// <summary>Measures a section. It is kept when all of it was measured: what is not here leaves the figures of a machine that had it.</summary>
    public async Task AddAsync(Section section)
    {
        Console.WriteLine($"\n{section.Name}");
        var (at, load, rows) = (TimeProvider.System.GetUtcNow(), LoadAverage(), new List<ResultRow>());
        await foreach (var row in section.MeasureAsync())
        {
            rows.Add(row.ToResult());
            Print(rows[^1]);
        }
        if (section.Missing is null) new KeptResults(_root).Keep(new SectionResult(section.Name, $"{at:yyyy-MM-dd HH:mm}", _machine, load, rows));
    }

    /// <returns>The exit code: 0 when nothing was missed.</returns>
    public int End(IEnumerable<Section> sections)
    {
        WritePage(sections);
        Console.WriteLine($"\n{_rows} figures, {_missed} missed. Kept in benchmarks/results, all of them in {PerformancePage.Path}");
        return _missed == 0 ? 0 : 1;
    }

    /// <summary>Of what is kept.</summary>
    public void WritePage(IEnumerable<Section> sections)
    {
        var kept = new KeptResults(_root);
        kept.KeepOnly(sections.Select(static section => section.Name));
        File.WriteAllText(Path.Combine(_root, PerformancePage.Path), PerformancePage.Of(kept.All()));
    }

    private void Print(ResultRow row)
    {
        _rows++;
        if (row.Verdict == ResultRow.IsMissed) _missed++;
        var remark = row.Remark.Length == 0 ? "" : $"  ({row.Remark})";
        Console.WriteLine($"{row.Verdict,-6}  {row.What,-72} {row.Figure,-34} {row.Target}{remark}");
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
