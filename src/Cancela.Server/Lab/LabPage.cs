using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Cancela.Problems;

namespace Cancela.Server.Lab;

/// <summary>
/// The page of a report: one file that asks nobody for anything, which its own content security policy enforces. The plots are
/// drawn from the JSON in it; the table is in the markup, for whoever runs no scripts.
/// </summary>
internal static class LabPage
{
    private static readonly LabWords English = new(Language.English);
    private static readonly LabWords Portuguese = new(Language.BrazilianPortuguese);

    /// <param name="report">What is shown.</param>
    /// <param name="words">In which language it is shown first.</param>
    public static string Of(LabReport report, LabWords words)
    {
        var (style, script) = (Read("lab.css"), Read("lab.js"));
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["lang"] = words.Language.Tag(),
            ["policy"] = $"default-src 'none'; style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'",
            ["en"] = words.English ? " checked" : "",
            ["pt"] = words.English ? "" : " checked",
            ["facts"] = Both(LabNotes.Facts(report, English), LabNotes.Facts(report, Portuguese)),
            ["verdict"] = string.Concat(LabVerdict.Of(report, English).Zip(LabVerdict.Of(report, Portuguese), static (one, other) => $"<p class=\"lead\">{Both(one, other)}</p>\n")),
            ["tableName"] = words.English ? "Every figure" : "Todos os números",
            ["table"] = Table(report),
            ["how"] = LabNotes.Of(report),
            ["style"] = style,
            ["script"] = script,
            // The generator writes < as an escape: nothing in it ends the element.
            ["json"] = LabFiles.JsonOf(report),
        };
        var page = new StringBuilder();
        foreach (var piece in Read("lab.html").Split('{'))
        {
            var end = piece.IndexOf('}', StringComparison.Ordinal);
            page.Append(end < 0 ? piece : parts[piece[..end]] + piece[(end + 1)..]);
        }
        return page.ToString();
    }

    /// <summary>A text in both languages, of which the page shows one.</summary>
    public static string Both(string english, string portuguese) =>
        $"<span lang=\"en\">{WebUtility.HtmlEncode(english)}</span><span lang=\"pt-BR\">{WebUtility.HtmlEncode(portuguese)}</span>";

    private static string Table(LabReport report)
    {
        var table = new StringBuilder("<table><thead><tr><td></td>");
        foreach (var of in report.Strategies) table.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{of.Profile}</th>");
        table.Append("</tr></thead><tbody>\n");
        foreach (var row in LabRow.Of(report.Stores))
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Both(row.English, row.Portuguese)}</th>");
            foreach (var (of, at) in report.Strategies.Select(static (of, at) => (of, at))) table.Append(Cell(row, of, at));
            table.Append("</tr>\n");
        }
        return table.Append("</tbody></table>").ToString();
    }

    // What is read by programs, the page's test among them, is the number and where it stands; what is read by people follows the language.
    private static string Cell(LabRow row, LabFigures of, int at) => row.Value(of) is { } value
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"<td><data value=\"{value:R}\" data-path=\"strategies.{at}.{row.Path}\">{Both(English.Number(value, row.Decimals), Portuguese.Number(value, row.Decimals))}</data></td>")
        : $"<td data-path=\"strategies.{at.ToString(CultureInfo.InvariantCulture)}.{row.Path}\">–</td>";

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Read(string name)
    {
        using var stream = typeof(LabPage).Assembly.GetManifestResourceStream($"Lab/{name}") ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
