using Cancela.Caching;
using Cancela.Redis;
using StackExchange.Redis;

namespace Cancela.IntegrationTests.Races;

/// <summary>What comes to mind first, and what many do: load and save; delete the key on revocation; an index of an account's sessions.</summary>
internal sealed class FirstThought(IDatabaseAsync redis, string account) : ISharing
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private string Index => "cancela:test:" + account;

    public Func<Task>[] Reader(Digest session, Rows rows, Action accepted)
    {
        RedisValue found = default;
        byte[]? row = null;
        return
        [
            async () =>
            {
                found = await redis.StringGetAsync(RedisKeys.Session(session));
                if (!found.IsNull) accepted();
            },
            () => Task.CompletedTask,
            () => Task.FromResult(row = found.IsNull ? rows.Read(session) : null),
            () => row is null ? Task.CompletedTask : redis.StringSetAsync(RedisKeys.Session(session), row, Minute),
        ];
    }

    public Func<Task>[] Prolonger(Digest session, Rows rows)
    {
        RedisValue found = default;
        return
        [
            async () => found = await redis.StringGetAsync(RedisKeys.Session(session)),
            () => Task.CompletedTask,
            () => Task.FromResult(rows.Prolong(session)),
            // The session was good a moment ago: it gets another minute.
            () => found.IsNull ? Task.CompletedTask : redis.StringSetAsync(RedisKeys.Session(session), found, Minute),
        ];
    }

    public Func<Task>[] Revoker(Digest session, Rows rows) =>
    [
        () =>
        {
            rows.Delete(session);
            return Task.CompletedTask;
        },
        () => redis.KeyDeleteAsync(RedisKeys.Session(session)),
    ];

    public Func<Task>[] SignIn(Digest session, Rows rows) =>
    [
        () => Task.CompletedTask,
        () => Task.FromResult(rows.Open(session, rows.Version)),
        () => redis.StringSetAsync(RedisKeys.Session(session), rows.Read(session) ?? [], Minute),
        () => redis.SetAddAsync(Index, session.ToArray()),
        () => Task.CompletedTask,
        () => Task.CompletedTask,
    ];

    public Func<Task>[] EndAll(Rows rows)
    {
        RedisValue[] ended = [];
        return
        [
            async () => ended = await redis.SetMembersAsync(Index),
            async () =>
            {
                foreach (var session in ended.Select(static hash => Digest.From((byte[])hash!)))
                {
                    rows.Delete(session);
                    await redis.KeyDeleteAsync(RedisKeys.Session(session));
                }
                await redis.KeyDeleteAsync(Index);
            },
        ];
    }

    public async Task<byte[]?> CopyAsync(Digest session) => await redis.StringGetAsync(RedisKeys.Session(session));

    /// <summary>The same for another account.</summary>
    public FirstThought Of(string another) => new(redis, another);
}
