using System.Text;

namespace Cancela.Server.Import;

/// <summary>
/// Reads one record of CSV (RFC 4180 section 2): fields between commas, up to the end of the line. "Fields containing line breaks (CRLF),
/// double quotes, and commas should be enclosed in double-quotes", and a quote within is written twice.
/// </summary>
internal ref struct CsvRecord
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly CsvReading.Unfinished More = new();

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isAll;
    private readonly List<string?> _fields;
    private int _at;

    private CsvRecord(ReadOnlySpan<byte> bytes, bool isAll)
    {
        _bytes = bytes;
        _isAll = isAll;
        _fields = [];
    }

    /// <param name="bytes">From the beginning of the record on.</param>
    /// <param name="isAll">Nothing comes after them.</param>
    public static CsvReading Read(ReadOnlySpan<byte> bytes, bool isAll) => new CsvRecord(bytes, isAll).Read();

    private CsvReading Read()
    {
        while (true)
        {
            if ((_at < _bytes.Length && _bytes[_at] == '"' ? Quoted() : Plain()) is { } problem) return problem;
            if (_at == _bytes.Length) return _isAll ? new CsvReading.Record(_fields, _at) : More;
            switch (_bytes[_at++])
            {
                case (byte)',': continue;
                case (byte)'\n': return new CsvReading.Record(_fields, _at);
                case (byte)'\r' when _at < _bytes.Length && _bytes[_at] == '\n': return new CsvReading.Record(_fields, _at + 1);
                case (byte)'\r' when _at == _bytes.Length && !_isAll: return More;
                case (byte)'\r': return new CsvReading.Malformed("A carriage return without a line feed");
                default: return new CsvReading.Malformed("Text behind a closing quote");
            }
        }
    }

    private CsvReading.Malformed? Plain()
    {
        var length = _bytes[_at..].IndexOfAny(",\r\n\""u8);
        if (length < 0) length = _bytes.Length - _at;
        var end = _at + length;
        if (end < _bytes.Length && _bytes[end] == '"') return new CsvReading.Malformed("A quote within a field that does not begin with one");
        Add(_bytes[_at..end]);
        _at = end;
        return null;
    }

    private CsvReading? Quoted()
    {
        var start = ++_at;
        var doubled = false;
        while (true)
        {
            var length = _bytes[_at..].IndexOf((byte)'"');
            if (length < 0) return _isAll ? new CsvReading.Malformed("A quote that is not closed") : More;
            _at += length + 1;
            // Whether it closes the field or is one of two, the next byte says.
            if (_at == _bytes.Length && !_isAll) return More;
            if (_at == _bytes.Length || _bytes[_at] != '"') break;
            doubled = true;
            _at++;
        }
        Add(_bytes[start..(_at - 1)], doubled);
        return null;
    }

    private readonly void Add(ReadOnlySpan<byte> bytes, bool doubled = false)
    {
        try
        {
            var text = Strict.GetString(bytes);
            _fields.Add(doubled ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text);
        }
        catch (DecoderFallbackException)
        {
            // Only this account is refused for it.
            _fields.Add(null);
        }
    }
}
