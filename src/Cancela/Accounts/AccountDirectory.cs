using Cancela.Revocation;
using Cancela.Sql;

namespace Cancela.Accounts;

/// <summary>Everybody's accounts: found, created, changed and deleted. What credentials must follow is in the log with the change.</summary>
/// <param name="database">Where the accounts are.</param>
/// <param name="log">Where it is written that an account moved on.</param>
/// <param name="clock">Says when.</param>
/// <param name="longestLifetime">Of any credential: so long must it be known that an account moved on.</param>
internal sealed class AccountDirectory(Database database, RevocationLog log, TimeProvider clock, TimeSpan longestLifetime)
{
    private readonly AccountWriter _writer = new(log, clock, longestLifetime);

    /// <summary>Creates an account, active and unverified, unless the address is taken.</summary>
    /// <param name="email">Compared whatever its spelling.</param>
    /// <param name="name">What to call them, if anything.</param>
    /// <param name="passwordHash">PHC string; <see langword="null"/> for an account without a password.</param>
    /// <param name="role">One that <see cref="Roles.Exists"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<AccountCreation> CreateAsync(
        EmailAddress email, string? name, string? passwordHash, string role, CancellationToken cancellationToken)
    {
        var account = await database.WriteFirstAsync(Insert(email, name, passwordHash, role), AccountRow.Account, cancellationToken);
        return account is null ? new AccountCreation.EmailTaken() : new AccountCreation.Created(account);
    }

    /// <summary>Creates an account in the caller's transaction.</summary>
    public async Task<AccountCreation> CreateAsync(Transaction transaction, EmailAddress email, string? name, string? passwordHash, string role)
    {
        var account = await transaction.FirstAsync(Insert(email, name, passwordHash, role), AccountRow.Account);
        return account is null ? new AccountCreation.EmailTaken() : new AccountCreation.Created(account);
    }

    /// <summary>The account, or <see langword="null"/>.</summary>
    public Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadFirstAsync(
            new Statement($"SELECT {AccountRow.Columns} FROM cancela_accounts WHERE id = @id", ("id", id)),
            AccountRow.Account, cancellationToken);

    /// <summary>The account of an address, whatever its spelling, or <see langword="null"/>.</summary>
    public Task<Account?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken) =>
        database.ReadFirstAsync(
            new Statement($"SELECT {AccountRow.Columns} FROM cancela_accounts WHERE email_key = @key", ("key", email.Key)),
            AccountRow.Account, cancellationToken);

    /// <summary>Whether there is an active account with the role <c>ADMIN</c>.</summary>
    public async Task<bool> HasAdministratorAsync(CancellationToken cancellationToken) =>
        await database.ReadFirstAsync(
            new Statement($"SELECT {AccountRow.Columns} FROM cancela_accounts WHERE role = 'ADMIN' AND status = 'active' LIMIT 1"),
            AccountRow.Account, cancellationToken) is not null;

    /// <summary>The account of what somebody typed as their address, with what a sign-in needs to know, or <see langword="null"/>.</summary>
    public Task<SignInAccount?> FindForSignInAsync(string email, CancellationToken cancellationToken) =>
        database.ReadFirstAsync(
            new Statement($"SELECT {AccountRow.ColumnsForSignIn} FROM cancela_accounts WHERE email_key = @key", ("key", EmailAddress.KeyOf(email))),
            AccountRow.ForSignIn, cancellationToken);

    /// <summary>The account with its password hash, or <see langword="null"/>: to check the present password before a change.</summary>
    public Task<SignInAccount?> FindForSignInAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadFirstAsync(
            new Statement($"SELECT {AccountRow.ColumnsForSignIn} FROM cancela_accounts WHERE id = @id", ("id", id)),
            AccountRow.ForSignIn, cancellationToken);

    /// <summary>
    /// The next accounts in the order of their IDs, which is that of their creation. What is created or deleted between
    /// two pages neither repeats nor hides another.
    /// </summary>
    /// <param name="after">The last ID of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<List<Account>> PageAsync(Guid? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAllAsync(
            new Statement(
                $"SELECT {AccountRow.Columns} FROM cancela_accounts WHERE id > @after ORDER BY id LIMIT @limit",
                ("after", after ?? Guid.Empty), ("limit", limit)),
            AccountRow.Account, cancellationToken);

    /// <summary>Applies a change, all of it or nothing. Where credentials must follow it, the version rises by one.</summary>
    public Task<AccountUpdate> UpdateAsync(Guid id, AccountChange change, CancellationToken cancellationToken) =>
        database.TransactAsync(transaction => _writer.Update(transaction, id, change), cancellationToken);

    /// <summary>The same in the caller's transaction: anything but <see cref="AccountUpdate.Updated"/> left it untouched.</summary>
    public Task<AccountUpdate> UpdateAsync(Transaction transaction, Guid id, AccountChange change) => _writer.Update(transaction, id, change);

    /// <summary>
    /// The account as it stays until the transaction ends; <see langword="null"/> when it is closed or has moved on from the version. Of
    /// two that hold it one waits for the other.
    /// </summary>
    public static Task<Account?> HoldAsync(Transaction transaction, Guid id, int version) => AccountWriter.Hold(transaction, id, version);

    /// <summary>Nothing that the account was handed so far counts any more: sign out everywhere. Nothing else changes. Returns the account as it is then.</summary>
    public Task<Account?> MoveOnAsync(Transaction transaction, Guid id) => _writer.MoveOn(transaction, id);

    /// <summary>Deletes the account and its sessions. Nothing that it was handed counts any more.</summary>
    public Task<AccountDeletion> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        database.TransactAsync(transaction => _writer.Delete(transaction, id), cancellationToken);

    /// <summary>Deletes the account in the caller's transaction.</summary>
    public Task<AccountDeletion> DeleteAsync(Transaction transaction, Guid id) => _writer.Delete(transaction, id);

    /// <summary>
    /// Puts another hash of the same password in the place of the one that was verified (new parameters). Credentials
    /// stay. False when the hash is no longer that one: then a new password must not be undone.
    /// </summary>
    public async Task<bool> ReplaceHashAsync(Guid id, string verifiedHash, string newHash, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            new Statement(
                "UPDATE cancela_accounts SET password_hash = @new, updated_at = @now WHERE id = @id AND password_hash = @old",
                ("new", newHash), ("now", clock.GetUtcNow()), ("id", id), ("old", verifiedHash)),
            cancellationToken) == 1;

    private Statement Insert(EmailAddress email, string? name, string? passwordHash, string role)
    {
        var now = clock.GetUtcNow();
        return new Statement(
            $"""
            INSERT INTO cancela_accounts (id, email, email_key, name, role, password_hash, created_at, updated_at)
            VALUES (@id, @email, @key, @name, @role, @hash, @now, @now)
            ON CONFLICT (email_key) DO NOTHING
            RETURNING {AccountRow.Columns}
            """,
            ("id", Guid.CreateVersion7(now)), ("email", email.Text), ("key", email.Key), ("name", name),
            ("role", role), ("hash", passwordHash), ("now", now));
    }
}
