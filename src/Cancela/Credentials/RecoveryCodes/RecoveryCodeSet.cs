using Cancela.Sql;

namespace Cancela.Credentials.RecoveryCodes;

/// <summary>The recovery codes of accounts: ten at a time, made and replaced as a set, each good for one sign-in.</summary>
internal sealed class RecoveryCodeSet(Database database, TimeProvider clock)
{
    public const int Size = 10;

    /// <summary>Makes a new set; the old one counts no more. They are told once.</summary>
    public async Task<IReadOnlyList<string>> ReplaceAsync(Transaction transaction, Guid accountId)
    {
        await RemoveAsync(transaction, accountId);
        var codes = Enumerable.Range(0, Size).Select(static _ => RecoveryCode.New()).ToList();
        var now = clock.GetUtcNow();
        foreach (var code in codes)
            transaction.Later(new(
                "INSERT INTO cancela_recovery_codes (code_hash, account_id, created_at) VALUES (@hash, @account, @now)",
                ("hash", RecoveryCode.Hash(code)), ("account", accountId), ("now", now)));
        return codes;
    }

    /// <summary>Whether it is one of the account's.</summary>
    public async Task<bool> HasAsync(Guid accountId, string hash, CancellationToken cancellationToken) => await database.ReadFirstAsync(
        new("SELECT code_hash FROM cancela_recovery_codes WHERE code_hash = @hash AND account_id = @account", ("hash", hash), ("account", accountId)),
        static row => row.GetString(0), cancellationToken) is not null;

    /// <summary>Uses one up. Of any number of parallel uses one returns true.</summary>
    public static async Task<bool> SpendAsync(Transaction transaction, Guid accountId, string hash) => await transaction.RunAsync(new(
        "DELETE FROM cancela_recovery_codes WHERE code_hash = @hash AND account_id = @account", ("hash", hash), ("account", accountId))) == 1;

    public static Task RemoveAsync(Transaction transaction, Guid accountId) =>
        transaction.RunAsync(new("DELETE FROM cancela_recovery_codes WHERE account_id = @account", ("account", accountId)));

    /// <summary>How many are left.</summary>
    public async Task<int> CountAsync(Guid accountId, CancellationToken cancellationToken) => (await database.ReadAllAsync(
        new("SELECT count(*) FROM cancela_recovery_codes WHERE account_id = @account", ("account", accountId)),
        static row => (int)row.GetInt64(0), cancellationToken))[0];
}
