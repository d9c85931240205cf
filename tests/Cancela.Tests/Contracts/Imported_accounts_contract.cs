using Cancela.Accounts;
using Cancela.Audit;
using Xunit;

namespace Cancela.Tests.Contracts;

public abstract class Imported_accounts_contract : AccountContract
{
    private AccountImporter Importer => new(Clock);

    [Fact]
    public async Task One_is_there_with_all_that_it_had()
    {
        var longAgo = new DateTimeOffset(2019, 5, 31, 15, 0, 0, TimeSpan.Zero);
        var id = Assert.IsType<AccountImport.Imported>(await ImportAsync(new(Email("Ana@Example.com"), true, "Ana", "ADMIN", "hash", longAgo))).Id;

        Assert.Equal(
            new SignInAccount(new Account(id, "Ana@Example.com", true, "Ana", "ADMIN", AccountStatus.Active, 1, longAgo), "hash"),
            await Accounts.FindForSignInAsync("ana@example.com", Token));
    }

    [Fact]
    public async Task One_that_says_little_begins_today()
    {
        var id = Assert.IsType<AccountImport.Imported>(await ImportAsync(new(Email("ana@example.com"), false, null, "USER", null, null))).Id;

        Assert.Equal(
            new SignInAccount(new Account(id, "ana@example.com", false, null, "USER", AccountStatus.Active, 1, Clock.GetUtcNow()), null),
            await Accounts.FindForSignInAsync(id, Token));
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_left_alone_and_told()
    {
        var there = await Add("ana@example.com", hash: "theirs");

        Assert.Equal(new AccountImport.Exists("theirs", WasImported: false), await ImportAsync(new(Email("ANA@example.com"), true, "Bia", "ADMIN", "ours", null)));
        Assert.Equal(new SignInAccount(there, "theirs"), await Accounts.FindForSignInAsync(there.Id, Token));
    }

    [Fact]
    public async Task The_audit_tells_who_was_imported_before()
    {
        var account = new ImportedAccount(Email("ana@example.com"), false, null, "USER", "hash", null);
        var id = Assert.IsType<AccountImport.Imported>(await ImportAsync(account)).Id;
        await new AuditLog(Store.Database, Clock).AppendAsync(new AuditEvent(AuditEvents.Imported, AuditEvent.Success, id), ClientInfo.None, Token);

        Assert.Equal(new AccountImport.Exists("hash", WasImported: true), await ImportAsync(account));
    }

    [Fact]
    public async Task Many_of_one_transaction_are_there_together_or_not_at_all()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Database.TransactAsync<bool>(async transaction =>
        {
            for (var i = 0; i < 10; i++) await Importer.ImportAsync(transaction, new(Email($"{i}@example.com"), false, null, "USER", null, null));
            throw new InvalidOperationException("The machine goes down.");
        }, Token));

        Assert.Empty(await Accounts.PageAsync(null, 100, Token));
    }

    private Task<AccountImport> ImportAsync(ImportedAccount account) =>
        Store.Database.TransactAsync(transaction => Importer.ImportAsync(transaction, account), Token);
}
