using Cancela.Accounts;
using Cancela.Strategies;
using Cancela.Strategies.RefreshRotation;
using Xunit;

namespace Cancela.Tests.Strategies;

/// <summary>What one conditional UPDATE of a session's counter makes of a refresh token, and what is concluded when it changes nothing.</summary>
public class Refresh_generations : SessionLab
{
    private Generations Generations => new(Store.Database, Sessions, Refresh);

    [Fact]
    public async Task Each_use_of_the_newest_advances_by_one()
    {
        var session = await SignInAsync();

        for (var generation = 0; generation < 3; generation++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            var advanced = await AdvancedAsync(session, generation);
            Assert.Equal(generation + 1, advanced.Generation.Number);
            Assert.Equal(Clock.GetUtcNow(), advanced.Generation.RotatedAt);
        }
    }

    [Fact]
    public async Task The_account_is_told_as_it_is_now()
    {
        var session = await SignInAsync();
        await Accounts.UpdateAsync(Ada.Id, new AccountChange { Role = Roles.Administrator }, Token);

        var subject = (await AdvancedAsync(session, 0)).Proof.Subject;

        Assert.Equal(new Subject(Ada.Id, Person.Ada, Roles.Administrator, Ada.Version + 1), subject);
    }

    [Fact]
    public async Task Within_the_grace_period_the_last_but_one_gets_the_same_successor()
    {
        var session = await SignInAsync();
        var first = await AdvancedAsync(session, 0);
        Clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));

        Assert.Equal(first, await AdvancedAsync(session, 0));
    }

    // To it a rotation of an hour ago looks like one that is yet to come: whoever shows the token before it would be within any grace.
    [Fact]
    public async Task Where_the_clock_is_behind_the_last_but_one_gets_nothing_and_ends_nothing()
    {
        var session = await SignInAsync();
        await AdvancedAsync(session, 0);
        Clock.JumpWall(TimeSpan.FromMinutes(-50));

        Assert.IsType<Advance.SessionGone>(await AdvanceAsync(session, 0));
        Clock.JumpWall(TimeSpan.FromMinutes(50));
        Assert.Equal([session], await ListAsync());
    }

    [Fact]
    public async Task At_its_very_end_it_is_over()
    {
        var session = await SignInAsync();
        await AdvancedAsync(session, 0);
        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.IsType<Advance.Replayed>(await AdvanceAsync(session, 0));
        Assert.Equal([$"session {session}"], await LogAsync());
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Without_a_grace_period_every_second_use_is_reuse()
    {
        Refresh.Grace = TimeSpan.Zero;
        var session = await SignInAsync();
        await AdvancedAsync(session, 0);

        Assert.IsType<Advance.Replayed>(await AdvanceAsync(session, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Two_behind_or_one_ahead_is_reuse_within_the_grace_period_too(int presented)
    {
        var session = await SignInAsync();
        await AdvancedAsync(session, 0);
        await AdvancedAsync(session, 1);

        Assert.IsType<Advance.Replayed>(await AdvanceAsync(session, presented));
        Assert.IsType<Advance.SessionGone>(await AdvanceAsync(session, 2));
    }

    [Fact]
    public async Task Of_many_parallel_uses_one_rotates_and_all_get_its_generation()
    {
        var session = await SignInAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => AdvancedAsync(session, 0))));

        Assert.Single(all.Distinct());
        Assert.Equal(["1"], await Store.ReadAsync("SELECT generation FROM cancela_sessions"));
    }

    // Nothing is behind, and nothing was advanced: the account is closed, and its session is not a thief's.
    [Fact]
    public async Task The_newest_of_a_closed_account_is_refused_without_a_charge_of_reuse()
    {
        var session = await SignInAsync();
        await Store.RunAsync("UPDATE cancela_accounts SET status = 'closed'");

        Assert.IsType<Advance.SessionGone>(await AdvanceAsync(session, 0));
        Assert.Equal(["0"], await Store.ReadAsync("SELECT generation FROM cancela_sessions"));
    }

    [Fact]
    public async Task A_deleted_account_is_told_apart_from_an_ended_session()
    {
        var session = await SignInAsync();
        await Sessions.EndAsync(session, Token);
        Assert.IsType<Advance.SessionGone>(await AdvanceAsync(session, 0));

        await Accounts.DeleteAsync(Ada.Id, Token);
        Assert.IsType<Advance.AccountGone>(await AdvanceAsync(session, 0));
    }

    [Fact]
    public async Task A_session_that_ran_out_is_gone_at_that_moment()
    {
        var session = await SignInAsync();
        Clock.Advance(TimeSpan.FromDays(7));

        Assert.IsType<Advance.SessionGone>(await AdvanceAsync(session, 0));
    }

    [Fact]
    public async Task Each_use_moves_the_end_but_never_beyond_the_absolute_one()
    {
        var start = Clock.GetUtcNow();
        var session = await SignInAsync(absolute: TimeSpan.FromDays(10));
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(start.AddDays(9), (await AdvancedAsync(session, 0)).Generation.ExpiresAt);
        Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(start.AddDays(10), (await AdvancedAsync(session, 1)).Generation.ExpiresAt);
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.IsType<Advance.SessionGone>(await AdvanceAsync(session, 2));
    }

    private async Task<Guid> SignInAsync(TimeSpan? absolute = null) => (await OpenAsync(absolute: absolute, strategy: StrategyNames.RefreshRotation))!.Id;

    private Task<Advance> AdvanceAsync(Guid session, int presented) => Generations.AdvanceAsync(session, Ada.Id, presented, Clock.GetUtcNow(), Token);

    private async Task<Advance.Advanced> AdvancedAsync(Guid session, int presented) => Assert.IsType<Advance.Advanced>(await AdvanceAsync(session, presented));
}
