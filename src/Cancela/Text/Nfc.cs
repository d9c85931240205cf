using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Cancela.Text;

/// <summary>
/// Unicode normalization form C (UAX #15), so that "é" typed as one character or as two is one password.
/// Our own, because <see cref="string.Normalize()"/> returns its input unchanged where the process runs with the invariant
/// culture: a hash would depend on whether a library is installed.
/// </summary>
internal static class Nfc
{
    /// <summary>False when the text holds half of a surrogate pair.</summary>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? normalized)
    {
        normalized = text;
        // Nothing below the first combining mark can change.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u02ff')) return true;
        var points = new List<int>(text.Length);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var read) != System.Buffers.OperationStatus.Done)
            {
                normalized = null;
                return false;
            }
            Decompose(rune.Value, points);
            rest = rest[read..];
        }
        Order(points);
        Compose(points);
        normalized = string.Concat(points.Select(char.ConvertFromUtf32));
        return true;
    }

    private static void Decompose(int point, List<int> points)
    {
        if (Hangul.IsSyllable(point))
        {
            Hangul.Decompose(point, points);
        }
        else if (NfcData.Decompositions.TryGetValue(point, out var parts))
        {
            Decompose(parts.First, points);
            if (parts.Second != 0) points.Add(parts.Second);
        }
        else
        {
            points.Add(point);
        }
    }

    // The canonical ordering algorithm: marks between two starters are sorted by their class, equal ones stay in order.
    private static void Order(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            if (NfcData.Class(points[start]) == 0) continue;
            var end = start;
            while (end < points.Count && NfcData.Class(points[end]) != 0) end++;
            var sorted = points[start..end].OrderBy(NfcData.Class).ToList();
            for (var i = 0; i < sorted.Count; i++) points[start + i] = sorted[i];
            start = end;
        }
    }

    // The canonical composition algorithm: a mark joins the last starter unless something between them blocks it.
    private static void Compose(List<int> points)
    {
        var starter = -1;
        var lastClass = 0;
        var kept = 0;
        foreach (var point in points.ToArray())
        {
            var combining = NfcData.Class(point);
            if (starter >= 0 && (lastClass == 0 || lastClass < combining) && TryCompose(points[starter], point, out var composed))
            {
                points[starter] = composed;
                continue;
            }
            if (combining == 0) starter = kept;
            lastClass = combining;
            points[kept++] = point;
        }
        points.RemoveRange(kept, points.Count - kept);
    }

    private static bool TryCompose(int first, int second, out int composed) =>
        Hangul.TryCompose(first, second, out composed) || NfcData.Compositions.TryGetValue((first, second), out composed);
}
