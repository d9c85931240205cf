using Cancela.Audit;
using Cancela.Sql;

namespace Cancela.Accounts;

/// <summary>Takes over accounts of another system, within a transaction that may hold many of them.</summary>
internal sealed class AccountImporter(TimeProvider clock)
{
    /// <summary>Creates the account, active, unless its address has one.</summary>
    public async Task<AccountImport> ImportAsync(Transaction transaction, ImportedAccount account)
    {
        if (await transaction.FirstAsync(Insert(account), static row => new AccountImport.Imported(row.GetFieldValue<Guid>(0))) is { } imported) return imported;
        // On PostgreSQL it may be deleted between the two: then the next run takes it.
        return await transaction.FirstAsync(Find(account.Email), static row => new AccountImport.Exists(row.IsDBNull(0) ? null : row.GetString(0), row.GetInt64(1) > 0))
            ?? new AccountImport.Exists(null, WasImported: false);
    }

    // The ID says when the account came here: accounts are listed in the order of their IDs.
    private Statement Insert(ImportedAccount account)
    {
        var now = clock.GetUtcNow();
        return new Statement(
            """
            INSERT INTO cancela_accounts (id, email, email_key, email_verified, name, role, password_hash, created_at, updated_at)
            VALUES (@id, @email, @key, @verified, @name, @role, @hash, @created, @now)
            ON CONFLICT (email_key) DO NOTHING
            RETURNING id
            """,
            ("id", Guid.CreateVersion7(now)), ("email", account.Email.Text), ("key", account.Email.Key), ("verified", account.EmailVerified),
            ("name", account.Name), ("role", account.Role), ("hash", account.PasswordHash), ("created", account.CreatedAt ?? now), ("now", now));
    }

    private static Statement Find(EmailAddress email) => new(
        """
        SELECT password_hash, (SELECT count(*) FROM cancela_audit WHERE account_id = cancela_accounts.id AND event = @imported)
        FROM cancela_accounts WHERE email_key = @key
        """,
        ("key", email.Key), ("imported", AuditEvents.Imported));
}
