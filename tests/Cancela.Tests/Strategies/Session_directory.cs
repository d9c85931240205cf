using Cancela.Accounts;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Strategies;
using Xunit;

namespace Cancela.Tests.Strategies;

public class Session_directory : SessionLab
{
    [Fact]
    public async Task A_sign_in_is_found_as_it_was_opened()
    {
        var row = (await OpenAsync())!;

        Assert.Equal(row, await Sessions.FindAsync(row.Id, Token));
        Assert.Equal([row.Id], await ListAsync());
    }

    [Fact]
    public async Task The_list_is_the_accounts_own_newest_first_without_what_ran_out()
    {
        await OpenAsync(life: TimeSpan.FromSeconds(2));
        Clock.Advance(TimeSpan.FromSeconds(1));
        var first = (await OpenAsync())!;
        await OpenAsync(await AddAsync(Person.Bia));
        Clock.Advance(TimeSpan.FromSeconds(1));
        var second = (await OpenAsync())!;

        Assert.Equal([second.Id, first.Id], await ListAsync());
    }

    // The proof was checked, and then a ban, a password change or a deletion came first.
    [Fact]
    public async Task An_account_that_moved_on_since_the_proof_gets_nothing()
    {
        Assert.Null(await OpenAsync(version: Ada.Version - 1));
        await Accounts.UpdateAsync(Ada.Id, new AccountChange { Status = AccountStatus.Closed }, Token);
        Assert.Null(await OpenAsync(version: Ada.Version + 1));
        await Accounts.DeleteAsync(Ada.Id, Token);
        Assert.Null(await OpenAsync());
        Assert.Equal(["0"], await Store.ReadAsync("SELECT count(*) FROM cancela_sessions"));
    }

    // An operator, or another node whose row of the log this one has not read yet.
    [Fact]
    public async Task What_was_ended_elsewhere_and_is_ended_here_again_is_refused_here_at_once()
    {
        var row = (await OpenAsync())!;
        await Store.RunAsync($"DELETE FROM cancela_sessions WHERE account_id = '{Ada.Id}'");
        Assert.False(IsEnded(row.Id));

        await Sessions.EndAsync(row.Id, Token);

        Assert.True(IsEnded(row.Id));
        Assert.Single(await LogAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task One_more_than_allowed_ends_the_oldest(int most)
    {
        Options.MaxPerAccount = most;
        var other = (await OpenAsync(await AddAsync(Person.Bia)))!;
        var opened = new List<Guid>();
        for (var i = 0; i < most + 2; i++)
        {
            opened.Insert(0, (await OpenAsync())!.Id);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(opened.Take(most), await ListAsync());
        Assert.All(opened.Skip(most), id => Assert.True(IsEnded(id)));
        Assert.All(opened.Take(most).Append(other.Id), id => Assert.False(IsEnded(id)));
    }

    [Fact]
    public async Task By_default_nobody_is_ended_by_another_sign_in()
    {
        for (var i = 0; i < 20; i++) await OpenAsync();

        Assert.Equal(20, (await ListAsync()).Count);
    }

    [Fact]
    public async Task An_ended_session_is_in_the_log_once_and_its_row_is_gone()
    {
        var row = (await OpenAsync())!;

        await Sessions.EndAsync(row.Id, Token);

        Assert.Equal([$"session {row.Id}"], await LogAsync());
        Assert.Empty(await ListAsync());
        Assert.True(IsEnded(row.Id));
    }

    [Fact]
    public async Task A_session_without_a_row_is_ended_by_its_name()
    {
        var id = Guid.CreateVersion7();

        await Sessions.EndAsync(id, Token);

        Assert.Equal([$"session {id}"], await LogAsync());
        Assert.True(IsEnded(id));
    }

    [Fact]
    public async Task All_but_one_are_ended_and_nobody_elses()
    {
        var (one, kept) = ((await OpenAsync())!, (await OpenAsync())!);
        var others = (await OpenAsync(await AddAsync(Person.Bia)))!;

        var ended = await Store.Database.TransactAsync(transaction => Sessions.EndOthersAsync(transaction, Ada.Id, kept.Id), Token);

        Assert.Equal(1, ended);
        Assert.Equal([kept.Id], await ListAsync());
        Assert.Equal((true, false, false), (IsEnded(one.Id), IsEnded(kept.Id), IsEnded(others.Id)));
    }

    // Once: each swept row left an entry that every node had to read and hold, for a session that nobody could show any more.
    [Fact]
    public async Task What_ran_out_is_swept_without_a_word_to_the_log()
    {
        await OpenAsync(life: TimeSpan.FromMinutes(1));
        await OpenAsync(life: TimeSpan.FromMinutes(1), strategy: StrategyNames.RefreshRotation);
        var alive = (await OpenAsync(life: TimeSpan.FromMinutes(2)))!;
        Clock.Advance(TimeSpan.FromSeconds(61));

        await Sessions.SweepAsync(Token);

        Assert.Equal(["1"], await Store.ReadAsync("SELECT count(*) FROM cancela_sessions"));
        Assert.Equal([alive.Id], await ListAsync());
        Assert.Empty(await LogAsync());
    }

    [Fact]
    public async Task However_many_ran_out_a_sweep_takes_them_all()
    {
        var one = (await OpenAsync(life: TimeSpan.FromMinutes(1)))!;
        await Store.Database.TransactAsync(transaction =>
        {
            for (var i = 0; i < Sweep.Batch + 1; i++) transaction.Later(Another(one.Id));
            return Task.FromResult(true);
        }, Token);
        Clock.Advance(TimeSpan.FromSeconds(61));

        await Sessions.SweepAsync(Token);

        Assert.Equal(["0"], await Store.ReadAsync("SELECT count(*) FROM cancela_sessions"));
        Assert.Empty(await LogAsync());
    }

    private static Statement Another(Guid like) => new(
        """
        INSERT INTO cancela_sessions (id, account_id, strategy, authenticated_at, created_at, last_seen_at, expires_at, absolute_expires_at)
        SELECT @id, account_id, strategy, authenticated_at, created_at, last_seen_at, expires_at, absolute_expires_at FROM cancela_sessions WHERE id = @like
        """, ("id", AccessTokens.NewId()), ("like", like));

    private bool IsEnded(Guid id) => Set.Find(id, Ada.Id, 1, null) == RevocationVerdict.SessionEnded;
}
