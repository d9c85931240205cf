using System.Collections.Concurrent;
using System.Globalization;
using Cancela.Sql;
using Cancela.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Contracts;

/// <summary>PostgreSQL, and beside it a part of the Redis that all tests of the process share.</summary>
internal sealed class RedisStore : TestStore
{
    // Redis has no clock that could be set: what passes on ours is taken from what is left of every key.
    private const string Age =
        """
        for _, key in ipairs(redis.call('KEYS', ARGV[1] .. '*')) do
          local left = redis.call('PTTL', key)
          if left >= 0 then
            if left > tonumber(ARGV[2]) then redis.call('PEXPIRE', key, string.format('%.0f', left - ARGV[2])) else redis.call('DEL', key) end
          end
        end
        """;

    private static int _parts;

    private readonly PostgresStore _database;
    private readonly RedisServer _redis;
    private readonly string _part = $"part{Interlocked.Increment(ref _parts)}:";
    private readonly ConcurrentDictionary<ManualClock, bool> _clocks = new();

    private RedisStore(string folder, PostgresStore database, RedisServer redis) : base(folder) => (_database, _redis) = (database, redis);

    internal override RawSql Sql => _database.Sql;

    public static async Task<TestStore> MakeAsync(string folder, bool prepared)
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        return new RedisStore(folder, await PostgresStore.MakeAsync(folder, prepared), await RedisServer.Shared);
    }

    public override Database Open(TimeProvider clock) => _database.Open(clock);

    public override void Choose(CancelaBuilder cancela)
    {
        _database.Choose(cancela);
        cancela.UseRedis($"{_redis.ConnectionString},channelPrefix={_part}");
    }

    public override void Follow(ManualClock clock)
    {
        if (_clocks.TryAdd(clock, true)) clock.Advanced += Pass;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var clock in _clocks.Keys) clock.Advanced -= Pass;
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private void Pass(TimeSpan by)
    {
        // Whoever advances the clock goes on when it has passed everywhere.
        if (by > TimeSpan.Zero) Task.Run(() => _redis.AskAsync("EVAL", Age, "0", _part, by.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture))).GetAwaiter().GetResult();
    }
}
