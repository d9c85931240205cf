using System.Collections.Concurrent;
using Cancela.Caching;
using Cancela.IntegrationTests.Redis;
using Cancela.Redis;
using Cancela.Tests;
using Xunit;

namespace Cancela.IntegrationTests.Races;

/// <summary>
/// The known races, over a real Redis, in every order of their steps or in thousands of them. The revocation set, which
/// refuses whatever the copies say, is left out: what is shown is that the copies alone bring nobody back.
/// </summary>
public abstract class Races_of_the_cache_contract(bool cluster) : IAsyncLifetime
{
    private const int AtOnce = 16;
    private const ulong Seed = 2026;

    private RedisPlace Place { get; set; } = null!;

    private RedisLine _line = null!;
    private ISharing _ours = null!;

    public async ValueTask InitializeAsync()
    {
        Place = await RedisPlace.SharedAsync(cluster);
        _line = await RedisLab.LineAsync(Place.ConnectionString, new ManualClock());
        _ours = new Leases(new RedisSessionCopies(_line));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_line is not null) await _line.DisposeAsync();
    }

    // Two requests that load and save, and one who ends the session: all 3,150 orders.
    [Fact]
    public async Task Load_revoke_save()
    {
        var orders = Interleavings.All(4, 4, 2).ToList();
        Assert.Equal(3_150, orders.Count);

        Assert.Empty(await RunAsync(orders, _ours, LoadRevokeSave));
        Assert.NotEmpty(await RunAsync(orders, await FirstThoughtAsync(), LoadRevokeSave));
    }

    // The same while leases run out, or Redis is emptied, at any moment.
    [Fact]
    public async Task Load_revoke_save_while_keys_get_lost()
    {
        var orders = Interleavings.Some(6_000, Seed, 4, 4, 2, 2).ToList();

        Assert.Empty(await RunAsync(orders, _ours, LoadRevokeSaveForget));
        Assert.NotEmpty(await RunAsync(orders, await FirstThoughtAsync(), LoadRevokeSaveForget));
    }

    // A request that prolongs, one that reads, and one who ends the session.
    [Fact]
    public async Task Refresh_against_revoke()
    {
        var orders = Interleavings.All(4, 4, 2).ToList();

        Assert.Empty(await RunAsync(orders, _ours, RefreshAgainstRevoke));
        Assert.NotEmpty(await RunAsync(orders, await FirstThoughtAsync(), RefreshAgainstRevoke));
    }

    // A sign-in with its first request, a request of another session, and one who ends all sessions of the account.
    [Fact]
    public async Task Index_against_delete()
    {
        var orders = Interleavings.Some(6_000, Seed, 6, 4, 2).ToList();

        Assert.Empty(await RunAsync(orders, _ours, IndexAgainstDelete));
        Assert.NotEmpty(await RunAsync(orders, await FirstThoughtAsync(), IndexAgainstDelete));
    }

    // Nothing older than what was committed last takes its place: who reads before a change puts nothing after it was withdrawn.
    [Fact]
    public async Task A_change_is_not_undone()
    {
        var orders = Interleavings.All(4, 4, 2).ToList();

        Assert.Empty(await RunAsync(orders, _ours, ReadAgainstChange));
        Assert.NotEmpty(await RunAsync(orders, await FirstThoughtAsync(), ReadAgainstChange));
    }

    private async Task<FirstThought> FirstThoughtAsync() =>
        new((await _line.ConnectionAsync(CancellationToken.None)).Database, Guid.CreateVersion7().ToString());

    /// <summary>The orders in which it went wrong.</summary>
    private static async Task<List<string>> RunAsync(IEnumerable<int[]> orders, ISharing sharing, Func<int[], ISharing, Task<bool>> wentWrong)
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (order, _) =>
        {
            if (await wentWrong(order, sharing)) wrong.Add(string.Concat(order));
        });
        return [.. wrong];
    }

    private static Task<bool> LoadRevokeSave(int[] order, ISharing sharing) => ComesBack(order, sharing, static (it, session, rows, accepted) =>
        [it.Reader(session, rows, accepted), it.Reader(session, rows, accepted), it.Revoker(session, rows)]);

    private Task<bool> LoadRevokeSaveForget(int[] order, ISharing sharing) => ComesBack(order, sharing, (it, session, rows, accepted) =>
        [it.Reader(session, rows, accepted), it.Reader(session, rows, accepted), it.Revoker(session, rows), [() => Forget(session), () => Forget(session)]]);

    private static Task<bool> RefreshAgainstRevoke(int[] order, ISharing sharing) => ComesBack(order, sharing, static (it, session, rows, accepted) =>
        [it.Prolonger(session, rows), it.Reader(session, rows, accepted), it.Revoker(session, rows)], shared: true);

    /// <param name="order">Whose step is next.</param>
    /// <param name="sharing">What they do.</param>
    /// <param name="parties">Readers, and in the third place who ends the session.</param>
    /// <param name="shared">Whether there is a copy when it begins.</param>
    private static async Task<bool> ComesBack(
        int[] order, ISharing sharing, Func<ISharing, Digest, Rows, Action, Func<Task>[][]> parties, bool shared = false)
    {
        const int revoker = 2;
        var (session, rows) = (RedisLab.NewSession(), new Rows());
        rows.Open(session, rows.Version);
        if (shared) await All(sharing.Reader(session, rows, static () => { }));
        var (left, wrong) = (2, false);
        var all = parties(sharing, session, rows, () => wrong |= left == 0);
        var next = new int[all.Length];
        foreach (var whose in order)
        {
            await all[whose][next[whose]++]();
            if (whose == revoker) left--;
        }
        return wrong || await sharing.IsFoundAsync(session);
    }

    private static async Task<bool> IndexAgainstDelete(int[] order, ISharing sharing)
    {
        // An account of its own for each order: the first thought keeps its index by the account.
        if (sharing is FirstThought thought) sharing = thought.Of(Guid.CreateVersion7().ToString());
        var (present, coming, rows) = (RedisLab.NewSession(), RedisLab.NewSession(), new Rows());
        await All(sharing.SignIn(present, rows));
        Func<Task>[][] all = [sharing.SignIn(coming, rows), sharing.Reader(present, rows, static () => { }), sharing.EndAll(rows)];
        var next = new int[all.Length];
        var provedBefore = false;
        foreach (var whose in order)
        {
            // Whoever proved who they are before all was ended is ended with it.
            if (whose == 0 && next[0] == 0) provedBefore = next[2] == 0;
            await all[whose][next[whose]++]();
        }
        return await IsThere(present) || (provedBefore && await IsThere(coming));

        async Task<bool> IsThere(Digest session) => rows.Has(session) || await sharing.IsFoundAsync(session);
    }

    private static async Task<bool> ReadAgainstChange(int[] order, ISharing sharing)
    {
        var (session, rows) = (RedisLab.NewSession(), new Rows());
        rows.Open(session, rows.Version);
        Func<Task>[] change = [() => Task.FromResult(rows.Prolong(session)), sharing.Revoker(session, new Rows())[1]];
        Func<Task>[][] all = [sharing.Reader(session, rows, static () => { }), sharing.Reader(session, rows, static () => { }), change];
        var next = new int[all.Length];
        foreach (var whose in order) await all[whose][next[whose]++]();
        return await sharing.CopyAsync(session) is { } copy && copy[1] == 0;
    }

    private static async Task All(IEnumerable<Func<Task>> steps)
    {
        foreach (var step in steps) await step();
    }

    private async Task Forget(Digest session) => await _line.AskAsync(RedisKeys.Session(session), static (redis, key) => redis.KeyDeleteAsync(key));
}
