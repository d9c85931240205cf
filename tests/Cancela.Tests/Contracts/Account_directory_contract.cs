using Cancela.Accounts;
using Xunit;

namespace Cancela.Tests.Contracts;

public abstract class Account_directory_contract : AccountContract
{
    [Fact]
    public async Task A_new_account_is_found_as_it_was_created()
    {
        var created = await Add(" Ana.Souza@Example.com ");

        Assert.Equal(new Account(created.Id, "Ana.Souza@Example.com", false, "Ana", "USER", AccountStatus.Active, 1, Clock.GetUtcNow()), created);
        Assert.Equal(7, created.Id.Version);
        Assert.Equal(created, await Accounts.FindAsync(created.Id, Token));
        Assert.Equal(created, await Accounts.FindByEmailAsync(Email("ANA.SOUZA@EXAMPLE.COM"), Token));
        Assert.Equal(new SignInAccount(created, "hash"), await Accounts.FindForSignInAsync(Email("ana.souza@example.com"), Token));
        Assert.Equal(new SignInAccount(created, "hash"), await Accounts.FindForSignInAsync(created.Id, Token));
    }

    [Fact]
    public async Task Who_does_not_exist_is_not_found()
    {
        await Add("ana@example.com");

        Assert.Null(await Accounts.FindAsync(Guid.CreateVersion7(), Token));
        Assert.Null(await Accounts.FindByEmailAsync(Email("bia@example.com"), Token));
        Assert.Null(await Accounts.FindForSignInAsync(Email("bia@example.com"), Token));
    }

    [Fact]
    public async Task Fifty_who_register_one_address_at_once_make_one_account()
    {
        var attempts = Enumerable.Range(0, 50).Select(n => Task.Run(() => Accounts.CreateAsync(
            Email(n % 2 == 0 ? "ana@example.com" : "ANA@example.com"), null, "hash", Roles.User, Token)));

        var outcomes = await Task.WhenAll(attempts);

        Assert.Single(outcomes.OfType<AccountCreation.Created>());
        Assert.Equal(49, outcomes.OfType<AccountCreation.EmailTaken>().Count());
        Assert.Equal(["1"], await Store.ReadAsync("SELECT count(*) FROM cancela_accounts"));
    }

    [Fact]
    public async Task Text_that_looks_like_SQL_is_text()
    {
        var created = Assert.IsType<AccountCreation.Created>(await Accounts.CreateAsync(
            Email("a'--@example.com"), "Robert'); DROP TABLE cancela_accounts;--", null, Roles.User, Token)).Account;

        Assert.Equal(created, await Accounts.FindAsync(created.Id, Token));
        Assert.Equal("Robert'); DROP TABLE cancela_accounts;--", created.Name);
    }

    [Fact]
    public async Task Pages_show_each_account_once_while_others_come_and_go()
    {
        var before = new List<Account>();
        for (var n = 0; n < 25; n++)
        {
            before.Add(await Add($"{n}@example.com"));
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var seen = new List<Account>();
        for (var page = await Accounts.PageAsync(null, 10, Token); page.Count > 0; page = await Accounts.PageAsync(page[^1].Id, 10, Token))
        {
            seen.AddRange(page);
            if (seen.Count >= 30) continue;
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Add($"later{seen.Count}@example.com");
            await Accounts.DeleteAsync(before[seen.Count - 10].Id, Token);
        }

        Assert.Equal(before, seen.Take(25));
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(["later10@example.com", "later20@example.com"], seen.Skip(25).Take(2).Select(account => account.Email));
    }
}
