using StackExchange.Redis;

namespace Cancela.Server.Lab;

/// <summary>The deployment's Redis, below a prefix of the lab's own: keys, channel, and what of it is removed.</summary>
internal sealed class LabRedis(RedisAddress address, string prefix) : IAsyncDisposable
{
    private const int AtOnce = 500;

    private ConnectionMultiplexer? _client;

    public string? Version { get; private set; }

    /// <exception cref="InvalidOperationException">It does not answer.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            var options = address.Options;
            // Keys here are written out in full.
            options.ChannelPrefix = default;
            _client = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellationToken);
            await _client.GetDatabase().PingAsync();
            Version = Servers(_client).First().Version.ToString();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException("Redis does not answer: what was measured now would be figures without it.", exception);
        }
        await RemoveAsync(_client);
    }

    public string AddressOf(string profile) => address.Below($"{prefix}{profile}:");

    public async ValueTask DisposeAsync()
    {
        if (_client is null) return;
        await RemoveAsync(_client);
        await _client.CloseAsync();
        _client.Dispose();
    }

    // SCAN, a few at a time: it holds nobody up.
    private async Task RemoveAsync(ConnectionMultiplexer client)
    {
        var pattern = string.Concat(address.PrefixBelow(prefix).Select(static sign => sign is '*' or '?' or '[' or ']' or '\\' or '^' ? $"\\{sign}" : $"{sign}")) + "*";
        var database = client.GetDatabase();
        foreach (var server in Servers(client))
            await Task.WhenAll(server.Keys(database.Database, pattern, AtOnce).Select(key => database.KeyDeleteAsync(key)));
    }

    private static IEnumerable<IServer> Servers(ConnectionMultiplexer client) =>
        client.GetEndPoints().Select(endpoint => client.GetServer(endpoint)).Where(static server => server is { IsConnected: true, IsSlave: false });
}
