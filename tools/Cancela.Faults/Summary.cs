using System.Diagnostics;
using System.Text;

namespace Cancela.Faults;

/// <summary>What came of all parts of a plan.</summary>
internal sealed record Summary(Plan Plan, IReadOnlyList<Report> Reports, TimeSpan Took)
{
    private const int MostShown = 20;

    public int Requests => Reports.Sum(static report => report.Asked);

    public int Revocations => Reports.Sum(static report => report.Revocations.Values.Sum());

    public int Violations => Reports.Sum(static report => report.Judgement.Count);

    /// <summary>Nothing was violated, and enough was asked to say so.</summary>
    public bool Holds => Violations == 0 && Requests >= Plan.Requests && Revocations >= Plan.Revocations;

    public static async Task<Summary> RunAsync(Plan plan, Action<string> progress)
    {
        var started = Stopwatch.GetTimestamp();
        var reports = new List<Report>();
        foreach (var pair in plan.Pairs) reports.Add(await FaultRun.RunAsync(plan, pair, progress));
        return new Summary(plan, reports, Stopwatch.GetElapsedTime(started));
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(Line("fault", "held s", "not served by node 1, 2, 3: s", "of it afterwards", "revoked", "refused elsewhere after ms: p50, p99, max", "last accepted ms"));
        var rows = Reports.SelectMany(static report => report.Rows).GroupBy(static row => row.Name).Select(static rows => Row.Sum(rows.Key, [.. rows])).ToList();
        foreach (var row in rows.OrderBy(static row => row.Name != "none").ThenBy(static row => row.Name, StringComparer.Ordinal)) text.AppendLine(Line(row));
        text.AppendLine(Line(Row.Sum("all", rows)));
        text.AppendLine();
        foreach (var report in Reports)
            text.AppendLine($"{report.Strategies}: {report.Asked:N0} requests ({report.Accepted:N0} accepted, {report.Refused:N0} refused, {report.Unserved:N0} without an opinion), " +
                $"{report.Revocations.Values.Sum():N0} revocations ({string.Join(", ", report.Revocations.OrderByDescending(static kind => kind.Value).Select(static kind => $"{kind.Value} {kind.Key}"))})");
        foreach (var violation in Reports.SelectMany(static report => report.Judgement.Violations.Select(static one => one.ToString()).Concat(report.Judgement.Oddities)).Take(MostShown))
            text.AppendLine(violation);
        text.Append($"{Requests:N0} requests, {Revocations:N0} revocations, {Violations:N0} violations, T = {Plan.Bound.TotalSeconds:0.#} s, seed {Plan.Seed}, {Took.TotalSeconds:0} s");
        return text.ToString();
    }

    private static string Line(Row row) => Line(
        row.Name, $"{row.Held:0.0}", string.Join(' ', row.Away.Select(static away => $"{away.Lasted,5:0.00}")), string.Join(' ', row.Away.Select(static away => $"{away.After,5:0.00}")),
        $"{row.Revocations}", $"{row.Quantile(0.5),7:0.0} {row.Quantile(0.99),7:0.0} {(row.Delays.Count == 0 ? 0 : row.Delays[^1]),7:0.0}", $"{row.LastAccepted:0}");

    private static string Line(string fault, string held, string away, string after, string revoked, string delays, string last) =>
        $"{fault,-32} {held,6}  {away,-29}  {after,-17} {revoked,7}  {delays,-40}  {last,16}".TrimEnd();
}
