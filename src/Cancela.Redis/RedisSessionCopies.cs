using System.Security.Cryptography;
using Cancela.Caching;
using Cancela.Strategies.Sessions;
using StackExchange.Redis;

namespace Cancela.Redis;

/// <summary>
/// Copies of sessions in Redis, each under one key with a life of its own. In the place of a copy may stand a lease (its
/// first byte is 1) or a withdrawal (a single 0).
/// </summary>
internal sealed class RedisSessionCopies(RedisLine line) : ISessionCopies
{
    private const byte LeaseMark = 1;
    private const int LeaseLength = 1 + 16;

    /// <summary>What stands in the place of a copy that was withdrawn.</summary>
    public static readonly byte[] Withdrawn = [0];

    // If what is there is still what was seen, another value takes its place. One key, one command: nothing comes in between.
    private const string Replace =
        "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) return 1 end return 0";

    public async ValueTask<CopyReading> FindAsync(Digest session)
    {
        var answer = await line.AskAsync(RedisKeys.Session(session), static (redis, key) => redis.StringGetAsync(key, CommandFlags.DemandMaster));
        if (answer is not RedisAnswer<RedisValue>.Answered(var value)) return CopyReading.Closed.Instance;
        if (value.IsNull) return CopyReading.Vacant.Instance;
        var bytes = (byte[])value!;
        return IsLease(bytes) || bytes.AsSpan().SequenceEqual(Withdrawn) ? CopyReading.Closed.Instance : new CopyReading.Found(bytes);
    }

    public async ValueTask<CopyLease?> LeaseAsync(Digest session, byte[]? instead)
    {
        var lease = new CopyLease(NewToken());
        var key = RedisKeys.Session(session);
        var taken = instead is null
            ? await line.AskAsync(key, (redis, at) => redis.StringSetAsync(at, lease.Token, CopyLifetimes.Lease, When.NotExists, CommandFlags.DemandMaster))
            : await ReplaceAsync(key, instead, lease.Token, CopyLifetimes.Lease);
        return taken is RedisAnswer<bool>.Answered(true) ? lease : null;
    }

    public async ValueTask PutAsync(Digest session, CopyLease lease, byte[] copy, TimeSpan lifetime) =>
        await ReplaceAsync(RedisKeys.Session(session), lease.Token, copy, lifetime);

    public async ValueTask WithdrawAsync(Digest session) =>
        await line.AskAsync(RedisKeys.Session(session), static (redis, key) =>
            redis.StringSetAsync(key, Withdrawn, CopyLifetimes.Withdrawal, When.Always, CommandFlags.DemandMaster));

    private ValueTask<RedisAnswer<bool>> ReplaceAsync(string key, byte[] seen, byte[] value, TimeSpan lifetime)
    {
        var milliseconds = Math.Max(1, (long)lifetime.TotalMilliseconds);
        return line.AskAsync(key, async (redis, at) => (bool)await redis.ScriptEvaluateAsync(
            Replace, [at], [seen, value, milliseconds], CommandFlags.DemandMaster | CommandFlags.NoScriptCache));
    }

    private static bool IsLease(byte[] bytes) => bytes.Length == LeaseLength && bytes[0] == LeaseMark;

    private static byte[] NewToken()
    {
        var token = new byte[LeaseLength];
        token[0] = LeaseMark;
        RandomNumberGenerator.Fill(token.AsSpan(1));
        return token;
    }
}
