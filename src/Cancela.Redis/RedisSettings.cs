using StackExchange.Redis;

namespace Cancela.Redis;

/// <summary>Reads a connection string.</summary>
internal static class RedisSettings
{
    /// <summary>What one looks like, for those who have to write another.</summary>
    public const string Example = "host:port, several of a cluster separated by commas, then options: localhost:6379,password=…,ssl=true";

    // What a connection string does not say; whatever comes last wins. Requests wait for none of these: they have their own deadline.
    private const string Defaults = "name=cancela,connectTimeout=2000,connectRetry=1,syncTimeout=1000,keepAlive=10,";

    /// <summary>What to connect with.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or names no server. The message repeats nothing of it.</exception>
    public static ConfigurationOptions Read(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(Defaults + connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The client's sentence may repeat the password.
            throw new ArgumentException($"The connection string cannot be read. It is {Example}.", nameof(connectionString));
        }
        if (options.EndPoints.Count == 0) throw new ArgumentException($"The connection string names no server. It is {Example}.", nameof(connectionString));
        // A Redis that is away when we start is waited for beside the requests.
        options.AbortOnConnectFail = false;
        // The client's own key and channel, which elect a master among servers that are none of a cluster's.
        options.TieBreaker = "";
        options.ConfigurationChannel = "";
        return options;
    }
}
