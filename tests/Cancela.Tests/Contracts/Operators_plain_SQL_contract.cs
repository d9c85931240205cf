using Cancela.Sql;
using Xunit;

namespace Cancela.Tests.Contracts;

/// <summary>An operator at a shell knows nothing of versions and logs; the schema does it for them.</summary>
public abstract class Operators_plain_SQL_contract : AccountContract
{
    [Theory]
    [InlineData("role = 'ADMIN'")]
    [InlineData("status = 'closed'")]
    [InlineData("role = 'ADMIN', status = 'closed'")]
    public async Task A_changed_role_or_status_raises_the_version_and_reaches_every_node(string assignment)
    {
        var ana = await Add("ana@example.com");

        await Store.RunAsync($"UPDATE cancela_accounts SET {assignment}");

        Assert.Equal(2, (await Accounts.FindAsync(ana.Id, Token))!.Version);
        Assert.Equal([$"account {ana.Id} 2"], await Log());
        Assert.True(await Until() > TimeProvider.System.GetUtcNow().AddDays(401));
    }

    [Theory]
    [InlineData("role = 'USER', status = 'active'")]
    [InlineData("name = 'Bia'")]
    [InlineData("role = 'ADMIN', version = version + 1")]
    public async Task What_changes_neither_or_raises_the_version_itself_is_left_alone(string assignment)
    {
        await Add("ana@example.com");

        await Store.RunAsync($"UPDATE cancela_accounts SET {assignment}");

        Assert.Empty(await Log());
    }

    [Fact]
    public async Task A_deleted_account_counts_no_more_and_speaks_for_its_sessions()
    {
        var ana = await Add("ana@example.com");
        await GiveSession(ana, Guid.CreateVersion7());

        await Store.RunAsync("DELETE FROM cancela_accounts");

        Assert.Equal([$"account {ana.Id} 2147483647"], await Log());
        Assert.Equal(["0"], await Store.ReadAsync("SELECT count(*) FROM cancela_sessions"));
        Assert.True(await Until() > TimeProvider.System.GetUtcNow().AddDays(401));
    }

    [Fact]
    public async Task A_deleted_session_is_revoked()
    {
        var ana = await Add("ana@example.com");
        var session = Guid.CreateVersion7();
        await GiveSession(ana, session);

        await Store.RunAsync("DELETE FROM cancela_sessions");

        Assert.Equal([$"session {session} 0"], await Log());
        Assert.Equal(Clock.GetUtcNow().AddDays(8), await Until());
    }

    [Fact]
    public async Task A_session_marked_as_run_out_goes_without_a_word()
    {
        var ana = await Add("ana@example.com");
        await GiveSession(ana, Guid.CreateVersion7());

        await Store.RunAsync("UPDATE cancela_sessions SET expires_at = created_at");
        await Store.RunAsync("DELETE FROM cancela_sessions");

        Assert.Empty(await Log());
    }

    [Fact]
    public async Task A_status_that_does_not_exist_is_refused()
    {
        await Add("ana@example.com");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Store.RunAsync("UPDATE cancela_accounts SET status = 'banned'"));
    }

    private async Task<DateTimeOffset> Until() => Assert.Single(await Store.Database.ReadAllAsync(
        new Statement("SELECT until FROM cancela_revocations"), row => row.GetFieldValue<DateTimeOffset>(0), Token));
}
