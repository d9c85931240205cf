using Cancela.SignIn;
using StackExchange.Redis;

namespace Cancela.Redis;

/// <summary>Counts of networks: a key for each, made by its first request and gone when its time is over.</summary>
internal sealed class RedisCounts(RedisLine line) : ISharedCounts
{
    // Counted and given its end in one: a key without one would count for ever.
    private const string Count =
        "local n = redis.call('INCR', KEYS[1]) local left = redis.call('PTTL', KEYS[1]) "
        + "if left < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) left = tonumber(ARGV[1]) end return {n, left}";

    public async ValueTask<SharedCount?> CountAsync(string network, TimeSpan period)
    {
        var answer = await line.AskAsync(RedisKeys.Count(network), async (redis, key) => (long[])(await redis.ScriptEvaluateAsync(
            Count, [key], [(long)period.TotalMilliseconds], CommandFlags.DemandMaster | CommandFlags.NoScriptCache))!);
        return answer is RedisAnswer<long[]>.Answered([var requests, var left]) ? new SharedCount(requests, TimeSpan.FromMilliseconds(left)) : null;
    }
}
