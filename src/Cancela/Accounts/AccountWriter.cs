using Cancela.Revocation;
using Cancela.Sql;

namespace Cancela.Accounts;

/// <summary>Changes accounts within a transaction.</summary>
internal sealed class AccountWriter(RevocationLog log, TimeProvider clock, TimeSpan longestLifetime)
{
    public async Task<AccountUpdate> Update(Transaction transaction, Guid id, AccountChange change)
    {
        var administrators = change is { Role: null, Status: null } ? null : await LockAdministrators(transaction);
        if (await LockAccount(transaction, id) is not { } found) return new AccountUpdate.NotFound();

        var before = found.Account;
        var after = Apply(change, before);
        if (change.Password?.ExpectedHash is { } expected && expected != found.PasswordHash) return new AccountUpdate.PasswordMovedOn();
        if (!IsActiveAdministrator(after) && IsLast(administrators, id)) return new AccountUpdate.LastAdministrator();
        if (change.Email is { } email && await IsTaken(transaction, email, id)) return new AccountUpdate.EmailTaken();

        await Save(transaction, after, change.Email?.Key, change.Password?.NewHash);
        if (after.Version > before.Version) MovedOn(transaction, id, after.Version);
        if (after.Status == AccountStatus.Closed && before.Status == AccountStatus.Active) EndSessions(transaction, id);
        return new AccountUpdate.Updated(after);
    }

    public async Task<AccountDeletion> Delete(Transaction transaction, Guid id)
    {
        var administrators = await LockAdministrators(transaction);
        if (await LockAccount(transaction, id) is null) return new AccountDeletion.NotFound();
        if (IsLast(administrators, id)) return new AccountDeletion.LastAdministrator();

        // First the log: the trigger, which is there for operators, then finds it done.
        MovedOn(transaction, id, RevocationEntry.AccountMovedOn.NoVersion);
        await transaction.RunAsync(new Statement("DELETE FROM cancela_accounts WHERE id = @id", ("id", id)));
        return new AccountDeletion.Deleted();
    }

    public async Task<Account?> MoveOn(Transaction transaction, Guid id)
    {
        var raised = await transaction.FirstAsync(
            new Statement(
                $"UPDATE cancela_accounts SET version = version + 1, updated_at = @now WHERE id = @id RETURNING {AccountRow.Columns}",
                ("now", clock.GetUtcNow()), ("id", id)),
            AccountRow.Account);
        if (raised is not null) MovedOn(transaction, id, raised.Version);
        return raised;
    }

    public static Task<Account?> Hold(Transaction transaction, Guid id, int version) =>
        transaction.FirstAsync(
            new Statement(
                $"UPDATE cancela_accounts SET updated_at = updated_at WHERE id = @id AND version = @version AND status = 'active' RETURNING {AccountRow.Columns}",
                ("id", id), ("version", version)),
            AccountRow.Account);

    private static Account Apply(AccountChange change, Account before)
    {
        var after = before with
        {
            Name = change.Name is null ? before.Name : change.Name.Length == 0 ? null : change.Name,
            Email = change.Email?.Text ?? before.Email,
            Role = change.Role ?? before.Role,
            Status = change.Status ?? before.Status,
        };
        if (after.Email != before.Email) after = after with { EmailVerified = false };
        var credentialsFollow = change.Password is not null || after.Email != before.Email || after.Role != before.Role || after.Status != before.Status;
        return credentialsFollow ? after with { Version = before.Version + 1 } : after;
    }

    private static bool IsActiveAdministrator(Account account) =>
        account is { Role: Roles.Administrator, Status: AccountStatus.Active };

    private static bool IsLast(List<Guid>? administrators, Guid id) => administrators is [var only] && only == id;

    // A write that changes nothing takes the row's lock in one SQL text for all databases, so that what is read here
    // still holds when it is saved. The administrators come first, and together: two who demote each other take turns.
    private static Task<List<Guid>> LockAdministrators(Transaction transaction) =>
        transaction.AllAsync(
            new Statement("UPDATE cancela_accounts SET updated_at = updated_at WHERE role = 'ADMIN' AND status = 'active' RETURNING id"),
            static row => row.GetFieldValue<Guid>(0));

    private static Task<SignInAccount?> LockAccount(Transaction transaction, Guid id) =>
        transaction.FirstAsync(
            new Statement($"UPDATE cancela_accounts SET updated_at = updated_at WHERE id = @id RETURNING {AccountRow.ColumnsAndHash}", ("id", id)),
            AccountRow.WithHash);

    private static async Task<bool> IsTaken(Transaction transaction, EmailAddress email, Guid id) =>
        await transaction.FirstAsync(
            new Statement("SELECT email_key FROM cancela_accounts WHERE email_key = @key AND id <> @id", ("key", email.Key), ("id", id)),
            static row => row.GetString(0)) is not null;

    private Task<int> Save(Transaction transaction, Account after, string? key, string? passwordHash) =>
        transaction.RunAsync(new Statement(
            """
            UPDATE cancela_accounts
            SET email = @email, email_key = coalesce(@key, email_key), email_verified = @verified, name = @name, role = @role,
                status = @status, version = @version, password_hash = coalesce(@hash, password_hash), updated_at = @now
            WHERE id = @id
            """,
            ("email", after.Email), ("key", key), ("verified", after.EmailVerified), ("name", after.Name), ("role", after.Role),
            ("status", AccountRow.Text(after.Status)), ("version", after.Version), ("hash", passwordHash),
            ("now", clock.GetUtcNow()), ("id", after.Id)));

    private static void EndSessions(Transaction transaction, Guid id) =>
        transaction.Later(new Statement("DELETE FROM cancela_sessions WHERE account_id = @id", ("id", id)));

    private void MovedOn(Transaction transaction, Guid id, int minVersion) =>
        log.Append(transaction, new RevocationEntry.AccountMovedOn(id, minVersion, clock.GetUtcNow() + longestLifetime));
}
