using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Cancela.Tokens;

/// <summary>Writes one flat JSON object into a buffer, and allocates nothing.</summary>
internal ref struct JsonLine
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 !#$%&'()*+,-./:;<=>?@[]^_{|}~");

    // "Unsafe" only inside HTML: a token is base64url, and letters beyond ASCII stay short.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private readonly Span<byte> _buffer;
    private int _length;

    public JsonLine(Span<byte> buffer)
    {
        _buffer = buffer;
        _length = 0;
    }

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<char> value)
    {
        Name(name);
        Quote(value);
    }

    /// <summary>An array of strings, from words with spaces between them.</summary>
    public void Words(ReadOnlySpan<byte> name, ReadOnlySpan<char> words)
    {
        Name(name);
        Append((byte)'[');
        var first = true;
        foreach (var word in words.Split(' '))
        {
            if (!first) Append((byte)',');
            first = false;
            Quote(words[word]);
        }
        Append((byte)']');
    }

    public void Id(ReadOnlySpan<byte> name, Guid value)
    {
        Name(name);
        Append((byte)'"');
        Advance(value.TryFormat(_buffer[_length..], out var written), written);
        Append((byte)'"');
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        Advance(Utf8Formatter.TryFormat(value, _buffer[_length..], out var written), written);
    }

    public ReadOnlySpan<byte> Close()
    {
        Append((byte)'}');
        return _buffer[.._length];
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Append(_length == 0 ? (byte)'{' : (byte)',');
        Append((byte)'"');
        Advance(name.TryCopyTo(_buffer[_length..]), name.Length);
        Append((byte)'"');
        Append((byte)':');
    }

    private void Quote(ReadOnlySpan<char> text)
    {
        Append((byte)'"');
        if (!text.ContainsAnyExcept(Plain)) Advance(Encoding.ASCII.TryGetBytes(text, _buffer[_length..], out var plain), plain);
        else Escape(text);
        Append((byte)'"');
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        Span<char> escaped = stackalloc char[256];
        while (!text.IsEmpty)
        {
            var status = Encoder.Encode(text, escaped, out var read, out var written);
            if (status is OperationStatus.NeedMoreData or OperationStatus.InvalidData) throw TooLong();
            Advance(Utf8.FromUtf16(escaped[..written], _buffer[_length..], out _, out var bytes) == OperationStatus.Done, bytes);
            text = text[read..];
        }
    }

    private void Append(byte value)
    {
        if (_length == _buffer.Length) throw TooLong();
        _buffer[_length++] = value;
    }

    private void Advance(bool fitted, int written)
    {
        if (!fitted) throw TooLong();
        _length += written;
    }

    private static ArgumentException TooLong() => new("The claims do not fit a token.");
}
