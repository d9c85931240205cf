using Cancela.Accounts;
using Cancela.Sql;
using Xunit;

namespace Cancela.Tests.Contracts;

public abstract class Account_changes_contract : AccountContract
{
    [Fact]
    public async Task A_new_name_leaves_credentials_alone()
    {
        var ana = await Add("ana@example.com");

        Assert.Equal(ana with { Name = "Ana Souza" }, await Changed(ana, new AccountChange { Name = "Ana Souza" }));
        Assert.Equal(ana with { Name = null }, await Changed(ana, new AccountChange { Name = "" }));
        Assert.Empty(await Log());
    }

    [Fact]
    public async Task What_credentials_must_follow_raises_the_version_and_is_in_the_log()
    {
        var ana = await Add("ana@example.com");
        AccountChange[] changes =
        [
            new() { Email = Email("ana@example.org") },
            new() { Password = new PasswordChange("new", "hash") },
            new() { Role = "EDITOR" },
            new() { Status = AccountStatus.Closed },
            new() { Status = AccountStatus.Active },
        ];

        foreach (var change in changes) await Changed(ana, change);

        Assert.Equal(
            ana with { Email = "ana@example.org", Role = "EDITOR", Version = 6 }, await Accounts.FindAsync(ana.Id, Token));
        Assert.Equal(Enumerable.Range(2, 5).Select(version => $"account {ana.Id} {version}"), await Log());
    }

    [Fact]
    public async Task What_is_already_so_changes_nothing()
    {
        var ana = await Add("ana@example.com");

        var same = await Changed(ana, new AccountChange { Email = Email("ana@example.com"), Role = Roles.User, Status = AccountStatus.Active });

        Assert.Equal(ana, same);
        Assert.Empty(await Log());
    }

    [Fact]
    public async Task One_request_raises_the_version_once()
    {
        var ana = await Add("ana@example.com");

        var changed = await Changed(ana, new AccountChange
        {
            Name = "Bia", Email = Email("Bia@example.com"), Role = "EDITOR", Password = new PasswordChange("new", null), Status = AccountStatus.Closed,
        });

        Assert.Equal(ana with { Name = "Bia", Email = "Bia@example.com", Role = "EDITOR", Status = AccountStatus.Closed, Version = 2 }, changed);
        Assert.Equal(new SignInAccount(changed, "new"), await Accounts.FindForSignInAsync("bia@example.com", Token));
        Assert.Equal([$"account {ana.Id} 2"], await Log());
    }

    [Fact]
    public async Task This_node_refuses_from_the_moment_that_the_change_holds()
    {
        var ana = await Add("ana@example.com");

        await Changed(ana, new AccountChange { Role = "EDITOR" });

        Assert.Equal(1, Set.Count);
        var until = Assert.Single(await Store.Database.ReadAllAsync(
            new Statement("SELECT until FROM cancela_revocations"), row => row.GetFieldValue<DateTimeOffset>(0), Token));
        Assert.Equal(Clock.GetUtcNow() + Longest, until);
    }

    [Fact]
    public async Task Fifty_changes_at_once_raise_the_version_by_fifty()
    {
        var ana = await Add("ana@example.com");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() =>
            Accounts.UpdateAsync(ana.Id, new AccountChange { Password = new PasswordChange($"hash {n}", null) }, Token))));

        var versions = outcomes.Cast<AccountUpdate.Updated>().Select(outcome => outcome.Account.Version).Order().ToList();
        Assert.Equal(Enumerable.Range(2, 50), versions);
        Assert.Equal(51, (await Accounts.FindAsync(ana.Id, Token))!.Version);
        Assert.Equal(50, (await Log()).Count);
    }

    [Fact]
    public async Task Signing_out_everywhere_raises_the_version_and_changes_nothing_else()
    {
        var ana = await Add("ana@example.com");

        await Store.Database.TransactAsync(
            async transaction =>
            {
                await Accounts.MoveOnAsync(transaction, ana.Id);
                await Accounts.MoveOnAsync(transaction, Guid.CreateVersion7());
                return 0;
            },
            Token);

        Assert.Equal(ana with { Version = 2 }, await Accounts.FindAsync(ana.Id, Token));
        Assert.Equal([$"account {ana.Id} 2"], await Log());
    }

    [Fact]
    public async Task Of_two_who_change_one_password_at_once_one_wins()
    {
        var ana = await Add("ana@example.com", hash: "old");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() =>
            Accounts.UpdateAsync(ana.Id, new AccountChange { Password = new PasswordChange($"new {n}", "old") }, Token))));

        Assert.Single(outcomes.OfType<AccountUpdate.Updated>());
        Assert.Equal(9, outcomes.OfType<AccountUpdate.PasswordMovedOn>().Count());
        Assert.Equal([$"account {ana.Id} 2"], await Log());
    }

    [Fact]
    public async Task A_rehash_replaces_only_the_hash_that_was_verified_and_keeps_credentials()
    {
        var ana = await Add("ana@example.com", hash: "old");

        Assert.True(await Accounts.ReplaceHashAsync(ana.Id, "old", "stronger", Token));
        Assert.False(await Accounts.ReplaceHashAsync(ana.Id, "old", "later", Token));

        Assert.Equal(new SignInAccount(ana, "stronger"), await Accounts.FindForSignInAsync(ana.Id, Token));
        Assert.Empty(await Log());
    }

    [Fact]
    public async Task Ten_who_take_one_new_address_at_once_make_one_owner()
    {
        var accounts = new List<Account>();
        for (var n = 0; n < 10; n++) accounts.Add(await Add($"{n}@example.com"));

        var outcomes = await Task.WhenAll(accounts.Select(account => Task.Run(() =>
            Accounts.UpdateAsync(account.Id, new AccountChange { Name = "x", Email = Email("Shared@example.com") }, Token))));

        Assert.Single(outcomes.OfType<AccountUpdate.Updated>());
        Assert.Equal(9, outcomes.OfType<AccountUpdate.EmailTaken>().Count());
        Assert.Equal(["1"], await Store.ReadAsync("SELECT count(*) FROM cancela_accounts WHERE name = 'x'"));
    }

    [Fact]
    public async Task A_new_address_must_be_verified_again()
    {
        var ana = await Add("ana@example.com");
        await Store.RunAsync("UPDATE cancela_accounts SET email_verified = true");

        Assert.True((await Changed(ana, new AccountChange { Name = "Ana" })).EmailVerified);
        Assert.False((await Changed(ana, new AccountChange { Email = Email("Ana@example.com") })).EmailVerified);
    }

    [Fact]
    public async Task Closing_ends_the_sessions_and_opening_brings_none_back()
    {
        var ana = await Add("ana@example.com");
        await GiveSession(ana, Guid.CreateVersion7());

        await Changed(ana, new AccountChange { Status = AccountStatus.Closed });
        await Changed(ana, new AccountChange { Status = AccountStatus.Active });

        Assert.Equal(["0"], await Store.ReadAsync("SELECT count(*) FROM cancela_sessions"));
        Assert.Contains(await Log(), row => row.StartsWith("session ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_account_leaves_one_row_in_the_log_and_nothing_else()
    {
        var ana = await Add("ana@example.com");
        await GiveSession(ana, Guid.CreateVersion7());
        await GiveSession(ana, Guid.CreateVersion7());

        Assert.IsType<AccountDeletion.Deleted>(await Accounts.DeleteAsync(ana.Id, Token));
        Assert.IsType<AccountDeletion.NotFound>(await Accounts.DeleteAsync(ana.Id, Token));

        Assert.Null(await Accounts.FindAsync(ana.Id, Token));
        Assert.Equal(["0"], await Store.ReadAsync("SELECT count(*) FROM cancela_sessions"));
        Assert.Equal([$"account {ana.Id} 2147483647"], await Log());
        Assert.Equal(1, Set.Count);
        await Add("ana@example.com");
    }

    [Fact]
    public async Task Who_does_not_exist_is_not_changed()
    {
        Assert.IsType<AccountUpdate.NotFound>(await Accounts.UpdateAsync(Guid.CreateVersion7(), new AccountChange { Role = Roles.Administrator }, Token));
        Assert.False(await Accounts.ReplaceHashAsync(Guid.CreateVersion7(), "a", "b", Token));
        Assert.Empty(await Log());
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var root = await Add("root@example.com", Roles.Administrator);
        await Add("closed@example.com", Roles.Administrator);
        await Store.RunAsync("UPDATE cancela_accounts SET status = 'closed' WHERE email = 'closed@example.com'");
        var logged = (await Log()).Count;

        foreach (var change in new AccountChange[] { new() { Role = Roles.User, Name = "x" }, new() { Status = AccountStatus.Closed } })
        {
            Assert.IsType<AccountUpdate.LastAdministrator>(await Accounts.UpdateAsync(root.Id, change, Token));
        }
        Assert.IsType<AccountDeletion.LastAdministrator>(await Accounts.DeleteAsync(root.Id, Token));

        Assert.Equal(root, await Accounts.FindAsync(root.Id, Token));
        Assert.Equal(logged, (await Log()).Count);
        Assert.IsType<AccountUpdate.Updated>(await Accounts.UpdateAsync(root.Id, new AccountChange { Password = new PasswordChange("new", null) }, Token));
    }

    [Fact]
    public async Task Administrators_who_remove_each_other_at_once_leave_one()
    {
        var administrators = new List<Account>();
        for (var n = 0; n < 12; n++) administrators.Add(await Add($"{n}@example.com", Roles.Administrator));

        await Task.WhenAll(administrators.Select((account, n) => Task.Run(() => (n % 3) switch
        {
            0 => (Task)Accounts.DeleteAsync(account.Id, Token),
            1 => Accounts.UpdateAsync(account.Id, new AccountChange { Role = Roles.User }, Token),
            _ => Accounts.UpdateAsync(account.Id, new AccountChange { Status = AccountStatus.Closed }, Token),
        })));

        Assert.Equal(["1"], await Store.ReadAsync("SELECT count(*) FROM cancela_accounts WHERE role = 'ADMIN' AND status = 'active'"));
    }

    private async Task<Account> Changed(Account account, AccountChange change) =>
        Assert.IsType<AccountUpdate.Updated>(await Accounts.UpdateAsync(account.Id, change, Token)).Account;
}
