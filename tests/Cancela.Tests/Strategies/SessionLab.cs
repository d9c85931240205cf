using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Revocation;
using Cancela.Strategies;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Strategies;

/// <summary>A database with an account in it, and the directory of its sign-ins.</summary>
[OnEachStore]
public abstract class SessionLab : IAsyncLifetime
{
    private protected static readonly CancellationToken Token = CancellationToken.None;

    /// <summary>The kind of store, where a test is about one.</summary>
    private protected virtual string? Kind => null;

    private protected ManualClock Clock { get; } = new();

    private protected RevocationSet Set { get; } = new();

    private protected SessionOptions Options { get; } = new();

    private protected RefreshOptions Refresh { get; } = new();

    private protected TestDatabase Store { get; private set; } = null!;

    private protected AccountDirectory Accounts { get; private set; } = null!;

    private protected SessionDirectory Sessions { get; private set; } = null!;

    private protected Account Ada { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Store = await TestDatabase.CreateAsync(Clock, Kind);
        var log = new RevocationLog(Store.Database, Set, Clock);
        var lifetimes = new CredentialLifetimes(Options, new JwtOptions(), Refresh);
        Accounts = new AccountDirectory(Store.Database, log, Clock, lifetimes.Longest);
        Sessions = new SessionDirectory(Store.Database, log, lifetimes, Options, Clock);
        Ada = await AddAsync(Person.Ada);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Store.DisposeAsync();
    }

    private protected async Task<Account> AddAsync(string email)
    {
        var address = Assert.IsType<EmailReading.Valid>(EmailAddress.Read(email)).Address;
        return Assert.IsType<AccountCreation.Created>(await Accounts.CreateAsync(address, "Ada", "hash", Roles.User, Token)).Account;
    }

    /// <summary>Signs in. <see langword="null"/>: it was refused.</summary>
    private protected async Task<SessionRow?> OpenAsync(
        Account? account = null, int? version = null, TimeSpan? life = null, TimeSpan? absolute = null, string strategy = StrategyNames.Session)
    {
        var now = Clock.GetUtcNow();
        var proof = new Proof(Subject.Of(account ?? Ada), "", "pwd", now, new ClientInfo("203.0.113.7", "curl/8", null));
        var row = SessionRow.Open(
            proof, AccessTokens.NewId(), strategy, now + (life ?? TimeSpan.FromDays(7)), absolute is { } end ? now + end : DateTimeOffset.MaxValue);
        return await Store.Database.TransactAsync(
            transaction => Sessions.OpenAsync(transaction, row, version ?? proof.Subject.Version), Token) ? row : null;
    }

    private protected async Task<List<Guid>> ListAsync() => (await Sessions.ListAsync(Ada.Id, Token)).ConvertAll(row => row.Id);

    private protected Task<List<string>> LogAsync() => Store.ReadAsync("SELECT kind || ' ' || lower(subject) FROM cancela_revocations ORDER BY position");
}
