using System.Runtime.CompilerServices;

namespace Cancela.Server.Import;

/// <summary>CSV: the first line names the columns, each record after it is an account. Empty lines are none.</summary>
internal sealed class CsvSource(string path) : AccountSource(path)
{
    private const string NoNames = "The first line of the file must name its columns, separated by commas, and email must be one of them.";

    private string[] _columns = [];

    public override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await Window.SkipMarkAsync(cancellationToken);
        if (await NextAsync(cancellationToken) is not CsvReading.Record(var names, var length)) throw new InvalidDataException(NoNames);
        Window.Take(length);
        _columns = [.. names.Select(static name => name?.Trim() ?? "")];
        if (!_columns.Contains(AccountField.Email, StringComparer.Ordinal)) throw new InvalidDataException(NoNames);
        if (_columns.Where(AccountField.IsKnown).GroupBy(static name => name).FirstOrDefault(static same => same.Count() > 1) is { } twice)
            throw new InvalidDataException($"The first line of the file names the column {twice.Key} twice.");
        foreach (var other in _columns.Where(static name => !AccountField.IsKnown(name))) Ignore(other);
    }

    public override async IAsyncEnumerable<SourceLine> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!Window.IsEnd || !Window.Rest.IsEmpty)
        {
            var reading = await NextAsync(cancellationToken);
            var number = Window.Line;
            if (reading is CsvReading.Record record)
            {
                Window.Take(record.Length);
                if (record.Length > ByteWindow.MostBytes) yield return new SourceLine.Unreadable(number, new LineFault(null, $"The record is {TooLong}"));
                else if (!record.IsEmpty) yield return Read(number, record.Fields);
            }
            else
            {
                // What a quote that nobody closed has swallowed is read again from the next line on.
                await Window.SkipLineAsync(cancellationToken);
                var reason = reading is CsvReading.Malformed(var why) ? why : $"The record is {TooLong}, or a quote is not closed";
                yield return new SourceLine.Unreadable(number, new LineFault(null, reason));
            }
        }
    }

    /// <summary>The next record, which is not taken yet. Unfinished: it is too long.</summary>
    private async ValueTask<CsvReading> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var reading = CsvRecord.Read(Window.Rest, Window.IsEnd);
            if (reading is not CsvReading.Unfinished || Window.IsTooLong) return reading;
            await Window.MoreAsync(cancellationToken);
        }
    }

    private SourceLine Read(long number, IReadOnlyList<string?> fields)
    {
        if (fields.Count != _columns.Length)
            return new SourceLine.Unreadable(number, new LineFault(null, $"{fields.Count} fields where the first line has {_columns.Length}"));
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
        {
            if (!AccountField.IsKnown(_columns[i])) continue;
            if (fields[i] is not { } text) return new SourceLine.Unreadable(number, new LineFault(_columns[i], NotUtf8));
            values.Add(_columns[i], text);
        }
        return new SourceLine.Fields(number, values);
    }
}
