using Cancela.Accounts;
using Cancela.Revocation;
using Xunit;

namespace Cancela.Tests.Contracts;

/// <summary>A fresh database with an empty directory. Each database inherits the contracts and says how it is created.</summary>
[OnEachStore]
public abstract class AccountContract : IAsyncLifetime
{
    private protected static readonly CancellationToken Token = CancellationToken.None;
    private protected static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private protected ManualClock Clock { get; } = new();

    private protected RevocationSet Set { get; } = new();

    private protected TestDatabase Store { get; private set; } = null!;

    private protected AccountDirectory Accounts { get; private set; } = null!;

    protected abstract Task<TestDatabase> CreateAsync(TimeProvider clock);

    public async ValueTask InitializeAsync()
    {
        Store = await CreateAsync(Clock);
        Accounts = new AccountDirectory(Store.Database, new RevocationLog(Store.Database, Set, Clock), Clock, Longest);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Store.DisposeAsync();
    }

    private protected static EmailAddress Email(string text) => Assert.IsType<EmailReading.Valid>(EmailAddress.Read(text)).Address;

    private protected async Task<Account> Add(string email, string role = Roles.User, string? hash = "hash") =>
        Assert.IsType<AccountCreation.Created>(await Accounts.CreateAsync(Email(email), "Ana", hash, role, Token)).Account;

    private protected Task<List<string>> Log() =>
        Store.ReadAsync("SELECT kind || ' ' || lower(subject) || ' ' || min_version FROM cancela_revocations ORDER BY position");

    private protected async Task GiveSession(Account account, Guid session)
    {
        await Store.RunAsync(
            """
            INSERT INTO cancela_sessions (id, account_id, strategy, authenticated_at, created_at, last_seen_at, expires_at, absolute_expires_at)
            VALUES (@id, @account, 'session', @now, @now, @now, @then, @then)
            """,
            ("id", session), ("account", account.Id), ("now", Clock.GetUtcNow()), ("then", Clock.GetUtcNow().AddDays(7)));
    }
}
