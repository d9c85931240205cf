using System.Data.Common;
using System.Security.Cryptography;
using Cancela.Secrets;
using Cancela.Sql;
using Cancela.Text;

namespace Cancela.Credentials.Totp;

/// <summary>
/// The secrets of authenticator apps, one for each account: a new one waits beside the one in use until a code of it was shown. A step
/// counts once, on however many nodes: the last one only rises, by one conditional statement.
/// </summary>
internal sealed class TotpSecrets(Database database, Sealing sealing, TotpOptions options, TimeProvider clock)
{
    /// <summary>How long a secret waits for its first code.</summary>
    public static readonly TimeSpan Waiting = TimeSpan.FromMinutes(15);

    private sealed record Row(byte[]? Secret, TotpAlgorithm Algorithm, long LastStep, byte[]? Pending, TotpAlgorithm PendingAlgorithm, DateTimeOffset? PendingUntil);

    /// <summary>Makes a secret that waits for its first code, instead of one that waited before. The one in use goes on.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="name">What the app is to call the account.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<TotpEnrolment> BeginAsync(Guid accountId, string name, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(TotpCode.SecretBytes);
        await database.WriteAsync(new(
            """
            INSERT INTO cancela_totp (account_id, pending, pending_algorithm, pending_until) VALUES (@account, @pending, @algorithm, @until)
            ON CONFLICT (account_id) DO UPDATE SET pending = @pending, pending_algorithm = @algorithm, pending_until = @until
            """,
            ("account", accountId), ("pending", sealing.Seal(secret, accountId)), ("algorithm", TotpCode.NameOf(options.Algorithm)), ("until", clock.GetUtcNow() + Waiting)),
            cancellationToken);
        return new TotpEnrolment(Base32.Encode(secret), TotpUri.Of(secret, options.Issuer, name, options.Algorithm));
    }

    /// <summary>Whether the account has one in use.</summary>
    public async Task<TotpState> StateAsync(Guid accountId, CancellationToken cancellationToken) => await database.ReadFirstAsync(
        new("SELECT confirmed_at, last_step FROM cancela_totp WHERE account_id = @account AND secret IS NOT NULL", ("account", accountId)),
        static row => new TotpState(row.GetFieldValue<DateTimeOffset>(0), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(1) * (long)TotpCode.Step.TotalSeconds)),
        cancellationToken) ?? new TotpState(null, null);

    /// <summary>The same within a transaction that holds the account.</summary>
    public static async Task<bool> IsInUseAsync(Transaction transaction, Guid accountId) => await transaction.FirstAsync(
        new("SELECT account_id FROM cancela_totp WHERE account_id = @account AND secret IS NOT NULL", ("account", accountId)), static row => row.GetGuid(0).ToString()) is not null;

    /// <summary>Whether the code is one of now. <see langword="null"/>: it is not, or was used before.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="code">As it was typed.</param>
    /// <param name="pending">Of the secret that waits to be confirmed, and not of the one in use.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="InvalidOperationException">The secret was sealed under a root secret that is not configured, or was changed.</exception>
    public async Task<TotpMatch?> MatchAsync(Guid accountId, string code, bool pending, CancellationToken cancellationToken)
    {
        var row = await database.ReadFirstAsync(
            new("SELECT secret, algorithm, last_step, pending, pending_algorithm, pending_until FROM cancela_totp WHERE account_id = @account", ("account", accountId)),
            Read, cancellationToken);
        if (row is null || (pending && row.PendingUntil <= clock.GetUtcNow())) return null;
        var (closed, algorithm, last) = pending ? (row.Pending, row.PendingAlgorithm, 0) : (row.Secret, row.Algorithm, row.LastStep);
        if (closed is null) return null;
        if (!sealing.TryOpen(closed, accountId, out var secret, out var byAnother))
            throw new InvalidOperationException($"The TOTP secret of account {accountId} does not open: Cancela:Signing:Secret changed, and the one before is not in Cancela:Signing:OtherSecrets.");
        try
        {
            return TotpCode.Find(secret, code, TotpCode.StepOf(clock.GetUtcNow()), options.Skew, algorithm) is { } step && step > last
                ? new TotpMatch(accountId, step, pending, closed, byAnother ? sealing.Seal(secret, accountId) : null)
                : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>RFC 6238 section 5.2: "The verifier MUST NOT accept the second attempt of the OTP after the successful validation has been issued for the first OTP".</summary>
    /// <returns>False: another one spent it first, or the secret is another by now.</returns>
    public async Task<bool> SpendAsync(Transaction transaction, TotpMatch match) => match.Pending
        ? await transaction.RunAsync(new(
            """
            UPDATE cancela_totp SET secret = @secret, algorithm = pending_algorithm, last_step = @step, confirmed_at = @now,
                pending = NULL, pending_until = NULL
            WHERE account_id = @account AND pending = @sealed
            """,
            ("secret", match.Resealed ?? match.Sealed), ("step", match.Step), ("now", clock.GetUtcNow()), ("account", match.AccountId), ("sealed", match.Sealed))) == 1
        : await transaction.RunAsync(new(
            "UPDATE cancela_totp SET secret = @secret, last_step = @step WHERE account_id = @account AND secret = @sealed AND last_step < @step",
            ("secret", match.Resealed ?? match.Sealed), ("step", match.Step), ("account", match.AccountId), ("sealed", match.Sealed))) == 1;

    /// <summary>Forgets the secret in use and the one that waits. False: there was none in use.</summary>
    public static async Task<bool> RemoveAsync(Transaction transaction, Guid accountId)
    {
        var had = await transaction.FirstAsync(
            new("DELETE FROM cancela_totp WHERE account_id = @account RETURNING CASE WHEN secret IS NULL THEN 0 ELSE 1 END", ("account", accountId)),
            static row => row.GetInt32(0) == 1 ? "in use" : "");
        return had is { Length: > 0 };
    }

    /// <summary>Encrypts under the present root secret what lies encrypted under another one. One that does not open holds up no other.</summary>
    public async Task<TotpReseal> ResealAsync(CancellationToken cancellationToken)
    {
        var resealed = 0;
        var unopened = new List<Guid>();
        for (Guid? after = Guid.Empty; after is not null;)
        {
            var page = await database.ReadAllAsync(
                new($"SELECT account_id, secret, pending FROM cancela_totp WHERE account_id > @after ORDER BY account_id LIMIT {Sweep.Batch}", ("after", after)),
                static row => (AccountId: row.GetGuid(0), InUse: Bytes(row, 1), Pending: Bytes(row, 2)), cancellationToken);
            foreach (var (accountId, inUse, pending) in page)
            {
                var one = await ResealAsync(accountId, inUse, "UPDATE cancela_totp SET secret = @new WHERE account_id = @account AND secret = @old", cancellationToken);
                var other = await ResealAsync(accountId, pending, "UPDATE cancela_totp SET pending = @new WHERE account_id = @account AND pending = @old", cancellationToken);
                resealed += (one ?? 0) + (other ?? 0);
                if (one is null || other is null) unopened.Add(accountId);
            }
            after = page.Count < Sweep.Batch ? null : page[^1].AccountId;
        }
        return new TotpReseal(resealed, unopened);
    }

    /// <summary>Forgets the secrets that waited too long.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await Sweep.RunAsync(() => database.WriteAsync(new(
            $"""
            UPDATE cancela_totp SET pending = NULL, pending_until = NULL WHERE pending_until < @now AND account_id IN
                (SELECT account_id FROM cancela_totp WHERE pending_until < @now LIMIT {Sweep.Batch})
            """, ("now", now)), cancellationToken));
        await Sweep.RunAsync(() => database.WriteAsync(new(
            $"DELETE FROM cancela_totp WHERE secret IS NULL AND pending IS NULL AND account_id IN (SELECT account_id FROM cancela_totp WHERE secret IS NULL AND pending IS NULL LIMIT {Sweep.Batch})"),
            cancellationToken));
    }

    // One that was used or replaced meanwhile lies under the present secret already. Null: it does not open.
    private async Task<int?> ResealAsync(Guid accountId, byte[]? closed, string update, CancellationToken cancellationToken)
    {
        if (closed is null) return 0;
        if (!sealing.TryOpen(closed, accountId, out var secret, out var byAnother)) return null;
        try
        {
            return byAnother
                ? await database.WriteAsync(new(update, ("new", sealing.Seal(secret, accountId)), ("account", accountId), ("old", closed)), cancellationToken)
                : 0;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static Row Read(DbDataReader row) => new(
        Bytes(row, 0), TotpCode.AlgorithmOf(row.GetString(1)), row.GetInt64(2), Bytes(row, 3), TotpCode.AlgorithmOf(row.GetString(4)), row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5));

    private static byte[]? Bytes(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetFieldValue<byte[]>(at);
}
