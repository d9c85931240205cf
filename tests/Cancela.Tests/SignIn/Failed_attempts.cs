using Cancela.SignIn;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.SignIn;

[OnEachStore]
public sealed class Failed_attempts : IAsyncLifetime
{
    private const string Key = "key";
    private static readonly CancellationToken Token = CancellationToken.None;

    private readonly ManualClock _clock = new();
    private readonly LimitOptions _options = new() { FailuresPerAccount = 5, Lockout = TimeSpan.FromMinutes(15) };
    private TestDatabase _store = null!;
    private FailedAttempts _attempts = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestDatabase.CreateAsync(_clock);
        _attempts = new FailedAttempts(_store.Database, _options, _clock);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Of_any_number_of_parallel_guesses_exactly_twice_the_limit_are_checked()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => _attempts.TakeAsync(Key, Token))));

        Assert.Equal(Enumerable.Range(1, 10), taken.OfType<Attempt.Taken>().Select(attempt => attempt.Failures).Order());
        Assert.Equal(50, taken.OfType<Attempt.Locked>().Count());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(6, 200)]
    [InlineData(7, 400)]
    [InlineData(14, 1_800)]
    [InlineData(15, 2_000)]
    [InlineData(16, 2_000)]
    [InlineData(1_000, 2_000)]
    public void Beyond_the_limit_each_attempt_waits_a_little_longer_up_to_two_seconds(int failures, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _attempts.DelayOf(new Attempt.Taken(Key, failures, 0)));

    [Fact]
    public async Task Who_is_locked_is_told_how_long_counted_from_the_last_failure()
    {
        await TakeAsync(9);
        _clock.Advance(TimeSpan.FromMinutes(3));
        await TakeAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(10), Assert.IsType<Attempt.Locked>(await _attempts.TakeAsync(Key, Token)).RetryAfter);
    }

    [Fact]
    public async Task Attempts_while_locked_do_not_prolong_the_lock()
    {
        await TakeAsync(10);
        _clock.Advance(TimeSpan.FromMinutes(14));
        Assert.IsType<Attempt.Locked>(await _attempts.TakeAsync(Key, Token));
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, (await TakeAsync()).Failures);
    }

    [Fact]
    public async Task All_are_forgotten_the_lockout_after_the_last_and_not_before()
    {
        await TakeAsync(3);
        _clock.Advance(_options.Lockout - TimeSpan.FromSeconds(1));
        Assert.Equal(4, (await TakeAsync()).Failures);
        _clock.Advance(_options.Lockout);

        Assert.Equal(1, (await TakeAsync()).Failures);
    }

    [Fact]
    public async Task Addresses_are_counted_apart()
    {
        await TakeAsync(10);

        Assert.IsType<Attempt.Taken>(await _attempts.TakeAsync("other", Token));
    }

    [Fact]
    public async Task A_success_forgets_the_failures_before_it()
    {
        await TakeAsync(6);
        await ForgetAsync(await TakeAsync());

        var next = await TakeAsync();
        Assert.Equal((1, 1), (next.Failures, next.Resets));
    }

    [Fact]
    public async Task One_that_is_given_back_was_never_taken()
    {
        await TakeAsync(3);
        await _attempts.GiveBackAsync(await TakeAsync());

        Assert.Equal(4, (await TakeAsync()).Failures);
    }

    [Fact]
    public async Task One_that_is_given_back_after_a_success_forgot_it_takes_nothing_from_those_after()
    {
        var before = await TakeAsync();
        await ForgetAsync(await TakeAsync());
        await TakeAsync();
        await _attempts.GiveBackAsync(before);

        Assert.Equal(2, (await TakeAsync()).Failures);
    }

    [Fact]
    public async Task A_node_whose_clock_is_ahead_forgets_nothing_that_the_others_count()
    {
        var ahead = new ManualClock();
        ahead.Advance(TimeSpan.FromMinutes(20));
        var there = new FailedAttempts(_store.Database, _options, ahead);
        for (var i = 0; i < 5; i++)
        {
            await TakeAsync();
            await there.TakeAsync(Key, Token);
        }
        // To the one ahead the first was long ago: once.
        Assert.Equal(10, (await TakeAsync()).Failures);

        Assert.IsType<Attempt.Locked>(await _attempts.TakeAsync(Key, Token));
        Assert.IsType<Attempt.Locked>(await there.TakeAsync(Key, Token));
    }

    [Fact]
    public async Task One_that_is_given_back_after_the_lockout_takes_nothing_from_those_that_are_counted_since()
    {
        var before = await TakeAsync();
        _clock.Advance(_options.Lockout);
        await TakeAsync();
        await _attempts.GiveBackAsync(before);

        Assert.Equal(2, (await TakeAsync()).Failures);
    }

    [Fact]
    public async Task A_failure_that_outlives_a_success_is_counted_after_it()
    {
        var wrong = await TakeAsync();
        await ForgetAsync(await TakeAsync());
        await ConfirmAsync(wrong);

        Assert.Equal(2, (await TakeAsync()).Failures);
    }

    [Fact]
    public async Task A_failure_that_was_not_forgotten_is_counted_once()
    {
        await ConfirmAsync(await TakeAsync());

        Assert.Equal(2, (await TakeAsync()).Failures);
    }

    [Fact]
    public async Task Work_that_ends_without_a_decision_gives_the_attempt_back_and_passes_its_fault_on()
    {
        var attempt = await TakeAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => _attempts.GiveBackUnlessDecidedAsync<int>(attempt, () => throw new TimeoutException()));

        Assert.Equal(1, (await TakeAsync()).Failures);
    }

    [Fact]
    public async Task Work_that_decides_keeps_it()
    {
        Assert.Equal(7, await _attempts.GiveBackUnlessDecidedAsync(await TakeAsync(), () => Task.FromResult(7)));

        Assert.Equal(2, (await TakeAsync()).Failures);
    }

    [Fact]
    public void The_table_names_no_address()
    {
        var key = FailedAttempts.KeyOf(Person.Ada);

        Assert.Matches("^[0-9a-f]{64}$", key);
        Assert.NotEqual(key, FailedAttempts.KeyOf(Person.Bia));
    }

    [Fact]
    public async Task A_sweep_deletes_what_was_forgotten_a_day_ago_and_nothing_else()
    {
        await TakeAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _attempts.TakeAsync("young", Token);
        _clock.Advance(_options.Lockout + TimeSpan.FromDays(1));

        await _attempts.SweepAsync(Token);

        Assert.Equal(["young"], await _store.ReadAsync("SELECT key FROM cancela_failed_attempts"));
    }

    private async Task<Attempt.Taken> TakeAsync(int times = 1)
    {
        for (var i = 1; i < times; i++) await _attempts.TakeAsync(Key, Token);
        return Assert.IsType<Attempt.Taken>(await _attempts.TakeAsync(Key, Token));
    }

    private Task<bool> ForgetAsync(Attempt.Taken attempt) => _store.Database.TransactAsync(async transaction =>
    {
        FailedAttempts.Forget(transaction, attempt);
        return true;
    }, Token);

    private Task<bool> ConfirmAsync(Attempt.Taken attempt) => _store.Database.TransactAsync(async transaction =>
    {
        FailedAttempts.Confirm(transaction, attempt);
        return true;
    }, Token);
}
