using System.Text;
using Cancela.Caching;
using Cancela.Redis;
using Cancela.Strategies.Sessions;
using Cancela.Tests;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>Copies, leases and withdrawals, step by step.</summary>
public abstract class Session_copies_contract(bool cluster) : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // What a copy says is of no interest here: the number of its format begins it.
    private static readonly byte[] Old = [16, 1, 2, 3], New = [16, 4, 5, 6];

    private readonly Digest _session = RedisLab.NewSession();
    private RedisPlace Place { get; set; } = null!;

    private RedisLine _line = null!;
    private RedisSessionCopies _copies = null!;

    public async ValueTask InitializeAsync()
    {
        Place = await RedisPlace.SharedAsync(cluster);
        _line = await RedisLab.LineAsync(Place.ConnectionString, new ManualClock());
        _copies = new RedisSessionCopies(_line);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_line is not null) await _line.DisposeAsync();
    }

    [Fact]
    public async Task What_was_put_under_a_lease_is_found()
    {
        Assert.IsType<CopyReading.Vacant>(await _copies.FindAsync(_session));
        var lease = await _copies.LeaseAsync(_session, null);
        await _copies.PutAsync(_session, lease!, Old, Minute);

        Assert.Equal(Old, await FoundAsync());
    }

    [Fact]
    public async Task While_a_lease_stands_nobody_has_another_one()
    {
        Assert.NotNull(await _copies.LeaseAsync(_session, null));

        Assert.IsType<CopyReading.Closed>(await _copies.FindAsync(_session));
        Assert.Null(await _copies.LeaseAsync(_session, null));
    }

    [Fact]
    public async Task A_lease_is_good_for_one_copy()
    {
        var lease = await _copies.LeaseAsync(_session, null);
        await _copies.PutAsync(_session, lease!, Old, Minute);
        await _copies.PutAsync(_session, lease!, New, Minute);

        Assert.Equal(Old, await FoundAsync());
    }

    [Fact]
    public async Task A_copy_that_is_too_old_gives_way_to_the_lease_of_who_saw_it()
    {
        await PutAsync(Old);
        var lease = await _copies.LeaseAsync(_session, Old);
        Assert.Null(await _copies.LeaseAsync(_session, Old));
        await _copies.PutAsync(_session, lease!, New, Minute);

        Assert.Equal(New, await FoundAsync());
        Assert.Null(await _copies.LeaseAsync(_session, Old));
    }

    [Fact]
    public async Task A_withdrawal_takes_thePlace_of_a_copy_and_lets_nobody_in()
    {
        await PutAsync(Old);
        await _copies.WithdrawAsync(_session);

        Assert.IsType<CopyReading.Closed>(await _copies.FindAsync(_session));
        Assert.Null(await _copies.LeaseAsync(_session, null));
        Assert.Null(await _copies.LeaseAsync(_session, Old));
    }

    [Fact]
    public async Task Who_paused_between_reading_and_putting_puts_nothing_after_a_withdrawal()
    {
        var lease = await _copies.LeaseAsync(_session, null);
        await _copies.WithdrawAsync(_session);
        await _copies.PutAsync(_session, lease!, Old, Minute);
        Assert.IsType<CopyReading.Closed>(await _copies.FindAsync(_session));

        // Long after: the withdrawal is gone, and somebody else has a lease.
        await Place.AskAsync("DEL", Key);
        await _copies.PutAsync(_session, lease!, Old, Minute);
        Assert.IsType<CopyReading.Vacant>(await _copies.FindAsync(_session));
        Assert.NotNull(await _copies.LeaseAsync(_session, null));
        await _copies.PutAsync(_session, lease!, Old, Minute);
        Assert.IsType<CopyReading.Closed>(await _copies.FindAsync(_session));
    }

    [Fact]
    public async Task Everything_leaves_by_itself()
    {
        await _copies.LeaseAsync(_session, null);
        await LeavesWithinAsync(CopyLifetimes.Lease);
        await _copies.WithdrawAsync(_session);
        await LeavesWithinAsync(CopyLifetimes.Withdrawal);
        await Place.AskAsync("DEL", Key);
        await PutAsync(Old);
        await LeavesWithinAsync(Minute);
    }

    [Fact]
    public async Task Foreign_bytes_are_found_as_they_are_and_can_be_replaced()
    {
        foreach (var foreign in new[] { "", "x", "\u0001too short", "\u0000\u0000" })
        {
            await Place.AskAsync("SET", Key, foreign);
            var found = await FoundAsync();
            Assert.Equal(Encoding.Latin1.GetBytes(foreign), found);
            Assert.NotNull(await _copies.LeaseAsync(_session, found));
        }
    }

    [Fact]
    public async Task A_key_of_another_kind_is_no_copy_and_a_withdrawal_clears_it()
    {
        await Place.AskAsync("RPUSH", Key, "a list");

        Assert.IsType<CopyReading.Closed>(await _copies.FindAsync(_session));
        Assert.Equal((0, 0), (_line.Lost, _line.Missed)); // an answer is no outage
        await _copies.WithdrawAsync(_session);
        Assert.Equal("string", await Place.AskAsync("TYPE", Key));
    }

    private string Key => RedisKeys.Session(_session);

    private async Task<byte[]> FoundAsync() => Assert.IsType<CopyReading.Found>(await _copies.FindAsync(_session)).Copy;

    private async Task PutAsync(byte[] copy) => await _copies.PutAsync(_session, (await _copies.LeaseAsync(_session, null))!, copy, Minute);

    private async Task LeavesWithinAsync(TimeSpan lifetime) =>
        Assert.InRange(long.Parse(await Place.AskAsync("PTTL", Key)), 1, (long)lifetime.TotalMilliseconds);
}
