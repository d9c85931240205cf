using Cancela.Bench.Kept;

namespace Cancela.Bench.Micro;

/// <summary>What one operation took.</summary>
/// <param name="Nanoseconds">The least of the iterations: what the machine does when it does nothing else.</param>
/// <param name="Median">Of the iterations.</param>
/// <param name="Bytes">Allocated on the heap.</param>
internal readonly record struct MicroFigure(double Nanoseconds, double Median, long Bytes)
{
    /// <summary>The figure beside what is asked of it.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="nanoseconds">As many at most.</param>
    /// <param name="bytes">As many at most.</param>
    /// <param name="floor">What nobody can leave out, in the same run: the ratio to it is shown.</param>
    /// <param name="ratio">As much at most.</param>
    public BenchRow Row(string what, double? nanoseconds = null, long? bytes = null, MicroFigure? floor = null, double? ratio = null)
    {
        var times = floor is { } least ? Nanoseconds / least.Nanoseconds : 0;
        string?[] targets = [nanoseconds is { } time ? $"<= {time:N0} ns" : null, bytes is { } size ? $"{size:N0} B" : null, ratio is { } most ? $"{most:0.0} x" : null];
        var target = string.Join(", ", targets.OfType<string>());
        return new(
            what, floor is null ? ToString() : $"{this}, {times:0.00} x", target.Length == 0 ? ResultRow.NoTarget : target,
            Nanoseconds <= (nanoseconds ?? double.MaxValue) && Bytes <= (bytes ?? long.MaxValue) && times <= (ratio ?? double.MaxValue));
    }

    public override string ToString() => Nanoseconds switch
    {
        < 100 => $"{Nanoseconds:0.0} ns ({Median:0.0}), {Bytes:N0} B",
        < 1e6 => $"{Nanoseconds:N0} ns ({Median:N0}), {Bytes:N0} B",
        _ => $"{Nanoseconds / 1e6:0.0} ms ({Median / 1e6:0.0}), {Bytes:N0} B",
    };
}
