using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Cancela.Server.Lab;

/// <summary>An answer as it came: valid until the next request on its connection.</summary>
internal readonly record struct LabAnswer(ReadOnlyMemory<byte> Bytes)
{
    private const int StatusAt = 9;
    private const int NoContent = 204;
    private const int LineEnd = 2;

    public int Status => Utf8Parser.TryParse(Bytes.Span[StatusAt..], out int status, out _) ? status : 0;

    /// <summary>Its head and its body, in bytes.</summary>
    public int Length => Bytes.Length;

    public string Head => Encoding.ASCII.GetString(Bytes.Span[..HeadLength]);

    public string Body
    {
        get
        {
            var rest = Bytes.Span[HeadLength..];
            if (Bytes.Span[..HeadLength].IndexOf("\r\nContent-Length: "u8) >= 0 || Status == NoContent) return Encoding.UTF8.GetString(rest);
            // RFC 9112 section 7.1: each chunk after its length in hexadecimal, each on lines of their own.
            var body = new ArrayBufferWriter<byte>();
            while (Utf8Parser.TryParse(rest, out int length, out var digits, 'X') && length > 0)
            {
                rest = rest[(digits + LineEnd)..];
                body.Write(rest[..length]);
                rest = rest[(length + LineEnd)..];
            }
            return Encoding.UTF8.GetString(body.WrittenSpan);
        }
    }

    /// <summary>Whether all of it is there. An answer without a length comes in chunks, and the last one is empty.</summary>
    public bool IsWhole
    {
        get
        {
            var head = HeadLength;
            if (head == 0) return false;
            if (Status == NoContent) return true;
            var at = Bytes.Span[..head].IndexOf("\r\nContent-Length: "u8);
            if (at < 0) return Bytes.Span.EndsWith("0\r\n\r\n"u8);
            return Utf8Parser.TryParse(Bytes.Span[(at + "\r\nContent-Length: ".Length)..], out int length, out _) && Bytes.Length == head + length;
        }
    }

    private int HeadLength => Bytes.Span.IndexOf("\r\n\r\n"u8) is >= 0 and var end ? end + "\r\n\r\n".Length : 0;
}
