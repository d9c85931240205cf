using System.Globalization;

namespace Cancela.Server.Import;

/// <summary>How far an import is: a line that is drawn again on a terminal, a line for each tenth of a long file elsewhere.</summary>
/// <param name="output">Where to.</param>
/// <param name="drawn">Whether it is a terminal.</param>
internal sealed class ImportProgress(TextWriter output, bool drawn) : IDisposable
{
    private const int Width = 24;
    private const int ShortFile = 10_000;
    private const string ToLineEnd = "\u001b[K";

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private int _told;

    /// <param name="done">Of the file: 0 to 1.</param>
    /// <param name="tally">What became of it.</param>
    public async Task TellAsync(double done, ImportTally tally)
    {
        if (drawn)
        {
            var bar = (int)(Width * done);
            await output.WriteAsync($"\r{new string('█', bar)}{new string('░', Width - bar)}  {Words(tally)}  ({Left(done)}){ToLineEnd}");
            return;
        }
        var tenths = (int)(10 * done);
        if (tenths == _told || tenths == 10 || tally.Read < ShortFile) return;
        _told = tenths;
        await output.WriteLineAsync($"{10 * tenths} %: {Words(tally)} ({Left(done)})");
    }

    public void Dispose()
    {
        if (drawn) output.Write("\r" + ToLineEnd);
    }

    private static string Words(ImportTally tally) =>
        string.Create(CultureInfo.InvariantCulture, $"{tally.Read} read, {tally.Imported} imported, {tally.There} there already, {tally.Refused} refused");

    private string Left(double done)
    {
        var seconds = done > 0 ? TimeProvider.System.GetElapsedTime(_started).TotalSeconds * (1 - done) / done : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} s left");
    }
}
