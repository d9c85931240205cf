using System.Data.Common;

namespace Cancela.Accounts;

/// <summary>An account as a row.</summary>
internal static class AccountRow
{
    /// <summary>What <see cref="Account"/> reads, in its order.</summary>
    public const string Columns = "id, email, email_verified, name, role, status, version, created_at";

    public const string ColumnsAndHash = Columns + ", password_hash";

    /// <summary>What a sign-in needs to know, in one query: the hash, and whether there is a second factor.</summary>
    public const string ColumnsForSignIn =
        ColumnsAndHash + ", EXISTS (SELECT 1 FROM cancela_totp t WHERE t.account_id = cancela_accounts.id AND t.secret IS NOT NULL)";

    public static Account Account(DbDataReader row) => new(
        Id: row.GetFieldValue<Guid>(0),
        Email: row.GetString(1),
        EmailVerified: row.GetBoolean(2),
        Name: row.IsDBNull(3) ? null : row.GetString(3),
        Role: row.GetString(4),
        Status: row.GetString(5) == "active" ? AccountStatus.Active : AccountStatus.Closed,
        Version: row.GetInt32(6),
        CreatedAt: row.GetFieldValue<DateTimeOffset>(7));

    public static SignInAccount WithHash(DbDataReader row) => new(Account(row), row.IsDBNull(8) ? null : row.GetString(8));

    public static SignInAccount ForSignIn(DbDataReader row) => WithHash(row) with { HasSecondFactor = row.GetBoolean(9) };

    public static string Text(AccountStatus status) => status == AccountStatus.Active ? "active" : "closed";
}
