using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cancela.Tests.Hostile;

/// <summary>Bytes as a hostile client sends them: no library repairs them on the way.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _connection = new();

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var raw = new RawConnection();
        await raw._connection.ConnectAsync(address.Host, address.Port);
        return raw;
    }

    public static string Post(string path, string body, string headers = "", string type = "application/json") =>
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        try
        {
            await _connection.GetStream().WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The server had read enough and closed: its answer is there all the same.
        }
    }

    /// <summary>Everything until the server closes: one or more answers.</summary>
    public async Task<string> ReadAsync()
    {
        var all = new MemoryStream();
        try
        {
            await _connection.GetStream().CopyToAsync(all);
        }
        catch (IOException)
        {
            // A reset after the answer.
        }
        return Encoding.UTF8.GetString(all.ToArray());
    }

    /// <summary>The status of the first answer.</summary>
    public static int StatusOf(string answer) => int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);

    public static async Task<string> AskAsync(Uri address, string request)
    {
        using var raw = await OpenAsync(address);
        await raw.SendAsync(request);
        return await raw.ReadAsync();
    }

    public void Dispose() => _connection.Dispose();
}
