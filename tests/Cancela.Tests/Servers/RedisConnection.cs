using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cancela.Tests.Servers;

/// <summary>Redis' protocol by hand: what tests ask past the library that they test.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private StreamReader _reader = null!;

    private RedisConnection()
    {
    }

    public static async Task<RedisConnection> OpenAsync(int port)
    {
        var connection = new RedisConnection();
        await connection._client.ConnectAsync("127.0.0.1", port);
        connection._reader = new StreamReader(connection._client.GetStream(), Encoding.Latin1);
        return connection;
    }

    public async Task<string> AskAsync(params string[] command)
    {
        var text = new StringBuilder($"*{command.Length}\r\n");
        foreach (var word in command) text.Append(CultureInfo.InvariantCulture, $"${word.Length}\r\n{word}\r\n");
        await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text.ToString()));
        return await AnswerAsync();
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> AnswerAsync()
    {
        var line = await _reader.ReadLineAsync() ?? throw new IOException("Redis has closed the connection.");
        return line[0] switch
        {
            '-' => throw new InvalidOperationException(line[1..]),
            '$' => await BytesAsync(int.Parse(line[1..])),
            '*' => await PartsAsync(int.Parse(line[1..])),
            _ => line[1..],
        };
    }

    private async Task<string> BytesAsync(int length)
    {
        if (length < 0) return ""; // nothing there
        var bytes = new char[length + 2];
        await _reader.ReadBlockAsync(bytes);
        return new string(bytes, 0, length);
    }

    private async Task<string> PartsAsync(int count)
    {
        var parts = new List<string>();
        for (var i = 0; i < count; i++) parts.Add(await AnswerAsync());
        return string.Join('\n', parts);
    }
}
