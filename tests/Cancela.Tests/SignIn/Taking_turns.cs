using Cancela.SignIn;
using Xunit;

namespace Cancela.Tests.SignIn;

public class Taking_turns
{
    private static readonly CancellationToken Token = CancellationToken.None;

    private readonly Turns _turns = new(atOnce: 2, mostWaiting: 3);

    [Fact]
    public async Task So_many_are_at_it_at_once_and_the_others_wait()
    {
        await TakeAsync("a");
        await TakeAsync("a");

        Assert.False(TakeAsync("a").IsCompleted);
        Assert.True(TakeAsync("b").IsCompleted);
    }

    [Fact]
    public async Task Who_waits_longest_is_next()
    {
        var (first, _) = (await TakeAsync("a"), await TakeAsync("a"));
        var one = TakeAsync("a");
        var other = TakeAsync("a");

        first!.Dispose();
        var turn = await one;
        Assert.False(other.IsCompleted);
        turn!.Dispose();
        Assert.NotNull(await other);
    }

    [Fact]
    public async Task One_more_than_may_wait_is_turned_away_at_once()
    {
        var taken = await TakeAsync("a");
        await TakeAsync("a");
        var waiting = Enumerable.Range(0, 3).Select(_ => TakeAsync("a")).ToList();

        Assert.Null(await TakeAsync("a"));

        taken!.Dispose();
        Assert.NotNull(await await Task.WhenAny(waiting));
        Assert.False(TakeAsync("a").IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_place_to_others()
    {
        await TakeAsync("a");
        var taken = await TakeAsync("a");
        using var giveUp = new CancellationTokenSource();
        var impatient = Enumerable.Range(0, 3).Select(_ => TakeAsync("a", giveUp.Token)).ToList();
        await giveUp.CancelAsync();
        foreach (var waiter in impatient) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);

        var next = TakeAsync("a");
        taken!.Dispose();

        Assert.NotNull(await next);
    }

    [Fact]
    public async Task A_turn_that_is_given_back_twice_is_one_turn()
    {
        var taken = await TakeAsync("a");
        await TakeAsync("a");
        taken!.Dispose();
        taken.Dispose();

        Assert.NotNull(await TakeAsync("a"));
        Assert.False(TakeAsync("a").IsCompleted);
    }

    [Fact]
    public async Task A_key_that_nobody_is_at_any_more_is_forgotten()
    {
        using var giveUp = new CancellationTokenSource();
        foreach (var key in Enumerable.Range(0, 100).Select(i => $"key {i}"))
        {
            using var turn = await TakeAsync(key);
            using var second = await TakeAsync(key);
            var impatient = TakeAsync(key, giveUp.Token);
            Assert.Equal(1, _turns.Lines);
            if (!giveUp.IsCancellationRequested) await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        }
        Assert.Equal(0, _turns.Lines);
    }

    [Fact]
    public async Task Never_more_than_allowed_are_at_it_whatever_the_interleaving()
    {
        var turns = new Turns(atOnce: 3, mostWaiting: 1_000);
        var (inside, most) = (0, 0);
        var gate = new Lock();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            using var turn = await turns.TakeAsync("a", Token);
            lock (gate) most = Math.Max(most, ++inside);
            await Task.Yield();
            lock (gate) inside--;
        })));

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, turns.Lines);
    }

    private Task<IDisposable?> TakeAsync(string key, CancellationToken cancellationToken = default) => _turns.TakeAsync(key, cancellationToken).AsTask();
}
