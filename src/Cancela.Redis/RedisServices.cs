using Cancela;
using Cancela.Redis;
using Cancela.Revocation;
using Cancela.SignIn;
using Cancela.Strategies.RefreshDenylist;
using Cancela.Strategies.Sessions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts Redis beside the database.</summary>
public static class RedisServices
{
    /// <summary>
    /// Shares over Redis what saves the database work: copies of sessions, the denylist of <c>refresh-denylist</c>, a doorbell,
    /// and the counts of networks. One server or a cluster. Nothing rests on it: while it is away, stalled or emptied, the database and the
    /// revocation set do without, and a request waits for it 250 ms at most, once.
    /// </summary>
    /// <param name="builder">What <c>AddCancela</c> returned. A database is chosen on it as well.</param>
    /// <param name="connectionString">As StackExchange.Redis reads it: <c>host:port,password=…,ssl=true</c>; of a cluster one server or several: <c>a:6379,b:6379</c>. Its <c>channelPrefix</c> stands before every key too: deployments that share a Redis have one each.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read, or names no server.</exception>
    public static CancelaBuilder UseRedis(this CancelaBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = RedisSettings.Read(connectionString);
        builder.Services.AddSingleton(at => new RedisLine(options, at.GetRequiredService<TimeProvider>(), at.GetRequiredService<ILogger<RedisLine>>()));
        builder.Services.AddSingleton<ISessionCopies, RedisSessionCopies>();
        builder.Services.AddSingleton<IDenylist, RedisDenylist>();
        builder.Services.AddSingleton<ISharedCounts, RedisCounts>();
        builder.Services.AddSingleton<IDoorbellLine, RedisDoorbell>();
        return builder;
    }
}
