using Cancela.Redis;
using StackExchange.Redis;

namespace Cancela.Server;

/// <summary>Where Redis is, as the setting <c>Cancela:Redis</c> says it. It never prints itself: there is a password in it.</summary>
internal sealed class RedisAddress
{
    private readonly string _connectionString;

    private RedisAddress(string connectionString) => _connectionString = connectionString;

    /// <summary>Reads an address; <see langword="null"/> when there is none, or when it is wrong: then with what is wrong, which does not repeat it.</summary>
    public static RedisAddress? Read(string? text, out string? fault)
    {
        fault = null;
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            RedisSettings.Read(text);
            return new RedisAddress(text);
        }
        catch (ArgumentException)
        {
            fault = $"must be {RedisSettings.Example}.";
            return null;
        }
    }

    /// <summary>What to connect with.</summary>
    public ConfigurationOptions Options => RedisSettings.Read(_connectionString);

    /// <summary>The same server, with other keys and another channel: below those of the deployment, where its user may be confined to them.</summary>
    public string Below(string prefix) => $"{_connectionString},channelPrefix={PrefixBelow(prefix)}";

    /// <summary>What every key begins with there.</summary>
    public string PrefixBelow(string prefix) => (string?)Options.ChannelPrefix + prefix;

    /// <summary>Chooses it for a host.</summary>
    public CancelaBuilder Use(CancelaBuilder builder) => builder.UseRedis(_connectionString);
}
