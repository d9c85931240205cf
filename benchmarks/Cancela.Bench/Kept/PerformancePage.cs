using System.Text;

namespace Cancela.Bench.Kept;

/// <summary><c>docs/performance.md</c>: what the kept results say, and nothing else.</summary>
internal static class PerformancePage
{
    /// <summary>From the root of the repository.</summary>
    public const string Path = "docs/performance.md";

    private const string Head =
        """
        # Performance

        Written by `./bench` at the end of each run, from `benchmarks/results/`: a section that was not run again keeps its figures, with their date and machine. `./bench tokens` runs
        only the sections whose names contain the word; `./bench --page` measures nothing and writes this page anew. A test compares the two.

        How to read it:

        - **Targets are absolute, machines are not.** A ratio, where there is one, is of two things measured in the same run: beside the bare arithmetic that nobody can leave out (*the floor*), beside the same endpoint
          without a credential, beside another library. It says more than a time does.
        - **Of times under a millisecond the least is shown, the median in brackets**, of 40 short iterations by [BenchmarkDotNet](https://benchmarkdotnet.org) in the process of `./bench`: what disturbs an iteration only ever makes it slower. The two are far apart where the machine had
          something else to do. The call itself, a nanosecond or two, is in them. Bytes are what the operation allocated on the heap.
        - **Over HTTP the median of turns is shown**, the alternatives turn by turn; a ratio is the median of each turn's own. In *side by side*, where of processor time the least is shown, and in the sections of refreshes and of sessions found in Redis
          the server has one core to itself and the load another; PostgreSQL and Redis have both. Elsewhere client, server and database share the machine.
        - A difference of two measurements that is less than nothing is smaller than the noise and says nothing else; of the gate it is no target met. A load above the number of cores says that the machine had something else to do.
        - *MISSED* is a target that was not reached, however the run was disturbed; the remark says how often it was tried.
        - The load is the system's average when the section began.

        """;

    public static string Of(IReadOnlyList<SectionResult> results)
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        var missed = results.Sum(static result => result.Missed);
        page.Append($"\n{results.Sum(static result => result.Rows.Count)} figures, {missed} missed{(missed == 0 ? "." : ":")}\n");
        if (missed > 0) Table(page, results.SelectMany(static result => result.Rows.Where(static row => row.Verdict == ResultRow.IsMissed)));
        foreach (var result in results)
        {
            page.Append($"\n## {result.Section}\n\n{result.Measured} UTC, {result.Machine}, load {result.Load}.\n");
            Table(page, result.Rows);
        }
        return page.ToString();
    }

    private static void Table(StringBuilder page, IEnumerable<ResultRow> rows)
    {
        page.Append("\n| | figure | target | | |\n|---|---|---|---|---|\n");
        foreach (var row in rows) page.Append($"| {Cell(row.What)} | {Cell(row.Figure)} | {Cell(row.Target)} | {Cell(row.Verdict)} | {Cell(row.Remark)} |\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
