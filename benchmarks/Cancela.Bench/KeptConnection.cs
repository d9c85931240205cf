using System.Net.Sockets;
using System.Text;

namespace Cancela.Bench;

/// <summary>
/// One connection that is kept, one request at a time, and as little work as possible: client and server share the cores, and what the
/// client takes is missing from the figure.
/// </summary>
internal sealed class KeptConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _length;

    /// <summary>The response that came last, as it came.</summary>
    public string Last => Encoding.UTF8.GetString(_buffer, 0, _length);

    /// <summary>Its body, when it came in one piece.</summary>
    public string LastBody => Last[(Last.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    private int Status => ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + _buffer[11] - '0';

    public static async Task<KeptConnection> OpenAsync(Uri address)
    {
        var connection = new KeptConnection();
        await connection._socket.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    /// <summary>The bytes of a GET.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="credential">A header line, or none.</param>
    public static byte[] Get(string path, string? credential = null) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{(credential is null ? "" : credential + "\r\n")}\r\n");

    /// <summary>The bytes of a POST without a body.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="credential">A header line.</param>
    public static byte[] Post(string path, string credential) =>
        Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n{credential}\r\n\r\n");

    /// <summary>The bytes of a POST with a body.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="type">The body's media type.</param>
    /// <param name="body">ASCII.</param>
    public static byte[] PostBody(string path, string type, string body) =>
        Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <returns>The status.</returns>
    public async Task<int> AskAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        _length = 0;
        do
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
            if (read == 0) throw new IOException("The server closed the connection.");
            _length += read;
        }
        while (!IsWhole(_buffer.AsSpan(0, _length)));
        return Status;
    }

    /// <summary>The same, and the thread waits in the kernel: nothing stands between the answer and whoever measures it.</summary>
    /// <returns>The status.</returns>
    public int Ask(byte[] request)
    {
        _socket.Send(request);
        _length = 0;
        do
        {
            var read = _socket.Receive(_buffer.AsSpan(_length));
            if (read == 0) throw new IOException("The server closed the connection.");
            _length += read;
        }
        while (!IsWhole(_buffer.AsSpan(0, _length)));
        return Status;
    }

    /// <summary>Waits in the kernel until something comes that nobody asked for, or so many microseconds: a timer knows only milliseconds.</summary>
    public void Rest(int microseconds)
    {
        if (_socket.Poll(microseconds, SelectMode.SelectRead)) throw new IOException("The server closed the connection.");
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> response)
    {
        var head = response.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var field = response[..head].IndexOf("Content-Length: "u8);
        if (field < 0) return response.EndsWith("0\r\n\r\n"u8) || response[9..].StartsWith("204"u8);
        var length = 0;
        foreach (var digit in response[(field + 16)..head])
        {
            if (digit is < (byte)'0' or > (byte)'9') break;
            length = (length * 10) + digit - '0';
        }
        return response.Length == head + 4 + length;
    }
}
