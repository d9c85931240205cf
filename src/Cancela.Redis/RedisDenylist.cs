using Cancela.Strategies.RefreshDenylist;
using StackExchange.Redis;

namespace Cancela.Redis;

/// <summary>The denylist: a key for each sign-in that was ended, which leaves by itself when its refresh token would have.</summary>
internal sealed class RedisDenylist(RedisLine line) : IDenylist
{
    private static readonly RedisValue Listed = "1";

    public async ValueTask<DenylistAnswer> AskAsync(Guid sessionId) =>
        await line.AskAsync(RedisKeys.Denied(sessionId), static (redis, key) => redis.KeyExistsAsync(key, CommandFlags.DemandMaster)) switch
        {
            RedisAnswer<bool>.Answered(true) => DenylistAnswer.Listed,
            RedisAnswer<bool>.Answered => DenylistAnswer.NotListed,
            _ => DenylistAnswer.Unavailable,
        };

    public async ValueTask AddAsync(Guid sessionId, TimeSpan lifetime) =>
        await line.AskAsync(RedisKeys.Denied(sessionId), (redis, key) => redis.StringSetAsync(key, Listed, lifetime, When.Always, CommandFlags.DemandMaster));
}
