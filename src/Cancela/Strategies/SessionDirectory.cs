using System.Data.Common;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Strategies.RefreshDenylist;
using Cancela.Strategies.Sessions;

namespace Cancela.Strategies;

/// <summary>
/// The table of sign-ins: opened, listed and ended here, whatever the strategy. Ending is one mechanism for all: a row in
/// the revocation log and the session's row gone, in one transaction.
/// </summary>
internal sealed class SessionDirectory(
    Database database, RevocationLog revocations, CredentialLifetimes lifetimes, SessionOptions options, TimeProvider clock,
    SharedSessions? shared = null, IDenylist? denylist = null)
{
    /// <summary>
    /// Opens a session, ending the oldest ones beyond the limit. False when the account is closed or moved on since the
    /// proof: a sign-in that raced with a password change or a ban leaves nothing behind. Where writers run beside each other
    /// the account's row is held meanwhile: whoever changes it next sees the new session, and ends it with the others.
    /// </summary>
    public async Task<bool> OpenAsync(Transaction transaction, SessionRow row, int accountVersion, byte[]? secretHash = null)
    {
        var opened = await transaction.FirstAsync(new(
            $"""
            INSERT INTO cancela_sessions (id, account_id, strategy, secret_hash, scope, amr, authenticated_at, created_at, last_seen_at,
                                          expires_at, absolute_expires_at, sweep_at, ip_address, user_agent)
            SELECT @id, id, @strategy, @hash, @scope, @amr, @now, @now, @now, @expires, @absolute, @expires, @ip, @agent
            FROM cancela_accounts WHERE id = @account AND version = @version AND status = 'active' {database.RowLock}
            RETURNING (SELECT count(*) FROM cancela_sessions s WHERE s.account_id = @account)
            """,
            ("id", row.Id), ("account", row.AccountId), ("version", accountVersion), ("strategy", row.Strategy), ("hash", secretHash),
            ("scope", row.Scope), ("amr", row.Methods), ("now", row.CreatedAt), ("expires", row.ExpiresAt),
            ("absolute", row.AbsoluteExpiresAt), ("ip", row.IpAddress), ("agent", row.UserAgent)),
            static found => new Opened(found.GetInt64(0)));
        if (opened is null) return false;

        // The count is of before the account's row was ours, and may or may not have the new row in it. The statement behind
        // this is exact, and where a limit was asked for it is asked each time.
        if (options.MaxPerAccount > 0 || opened.Sessions >= Limit) await EndBeyondLimitAsync(transaction, row);
        return true;
    }

    private sealed record Opened(long Sessions);

    // Without a limit of the deployment's there is still one: ending all of an account's sessions is one transaction, and others wait for it.
    private int Limit => options.MaxPerAccount > 0 ? options.MaxPerAccount : SessionOptions.MostPerAccount;

    /// <summary>Whether it was ended, and has not run out: the log says so, also of one that never had a row.</summary>
    public static async Task<bool> IsEndedAsync(Transaction transaction, Guid id) => await transaction.FirstAsync(
        new("SELECT subject FROM cancela_revocations WHERE subject = @id AND kind = 'session' LIMIT 1", ("id", id.ToString())), static row => row.GetString(0)) is not null;

    /// <summary>The account's living sessions, newest first.</summary>
    public Task<List<SessionRow>> ListAsync(Guid accountId, CancellationToken cancellationToken) =>
        database.ReadAllAsync(
            new($"SELECT {SessionRow.Columns} FROM cancela_sessions s WHERE s.account_id = @account AND s.expires_at > @now ORDER BY s.created_at DESC, s.id DESC",
                ("account", accountId), ("now", clock.GetUtcNow())),
            SessionRow.Read, cancellationToken);

    /// <summary>A living session, or <see langword="null"/>.</summary>
    public Task<SessionRow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadFirstAsync(
            new($"SELECT {SessionRow.Columns} FROM cancela_sessions s WHERE s.id = @id AND s.expires_at > @now",
                ("id", id), ("now", clock.GetUtcNow())),
            SessionRow.Read, cancellationToken);

    /// <summary>Ends a session, whether or not it has a row: a token of a strategy that keeps none is revoked by its <c>sid</c>.</summary>
    public Task EndAsync(Guid id, CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            await EndAsync(transaction, id);
            return true;
        }, cancellationToken);

    /// <summary>Ends a session in the caller's transaction.</summary>
    /// <param name="transaction">The caller's.</param>
    /// <param name="id">The session.</param>
    /// <param name="withoutRow">When its last credential expires, by a token of it that was shown: it counts where no row says it.</param>
    /// <returns>False when it had been ended before, or ran out: who exchanges it for another must not bring it back.</returns>
    public async Task<bool> EndAsync(Transaction transaction, Guid id, DateTimeOffset? withoutRow = null)
    {
        var held = await transaction.FirstAsync(
            new($"SELECT {HeldColumns} FROM cancela_sessions s WHERE s.id = @id {database.RowLock}", ("id", id)), ReadHeld);
        // Of what ran out there is nothing left to end: an old token that is shown again and again writes nothing.
        if (held is null && (withoutRow < clock.GetUtcNow() - CredentialLifetimes.ClocksApart || await revocations.HoldsSessionAsync(transaction, id))) return false;
        var ended = Erase(transaction, id, held, withoutRow);
        transaction.AfterCommit(() => TellAsync([ended]));
        return true;
    }

    /// <summary>Ends the account's sessions but one. Returns how many there were.</summary>
    public async Task<int> EndOthersAsync(Transaction transaction, Guid accountId, Guid? except)
    {
        // Where writers run beside each other: whoever is signing in holds the account's row, and what is read after that shows their session.
        if (database.RowLock.Length > 0)
            await transaction.RunAsync(new($"SELECT id FROM cancela_accounts WHERE id = @account {database.RowLock}", ("account", accountId)));
        var rows = await transaction.AllAsync(
            new($"SELECT {HeldColumns} FROM cancela_sessions s WHERE s.account_id = @account AND s.id <> @except ORDER BY s.id {database.RowLock}",
                ("account", accountId), ("except", except ?? Guid.Empty)),
            ReadHeld);
        Erase(transaction, rows);
        return rows.Count;
    }

    /// <summary>
    /// Deletes the rows of sessions that ran out. They are marked first, by an end at their beginning: the trigger would
    /// take them for ended ones and write a row of the log for each, which every node would then have to hold. A row whose
    /// former refresh token could still be shown stays until then, or the token would look as if it had never been exchanged.
    /// </summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // Those that were prolonged since somebody looked: they are looked at again when they end now. Without a former credential the comparison is with NULL, and not true.
        await Sweep.RunAsync(() => database.WriteAsync(new(
            $"""
            UPDATE cancela_sessions SET sweep_at = CASE WHEN credentials_until > expires_at THEN credentials_until ELSE expires_at END WHERE id IN
                (SELECT id FROM cancela_sessions WHERE sweep_at < @now AND (expires_at >= @now OR credentials_until >= @now) ORDER BY sweep_at LIMIT {Sweep.Batch})
            """, ("now", clock.GetUtcNow())), cancellationToken));
        await Sweep.RunAsync(() => database.TransactAsync(async transaction =>
        {
            // `expires_at` twice: one that was prolonged meanwhile goes on.
            var now = clock.GetUtcNow();
            await transaction.RunAsync(new(
                $"""
                UPDATE cancela_sessions SET expires_at = created_at WHERE expires_at < @now AND id IN
                    (SELECT id FROM cancela_sessions WHERE sweep_at < @now AND expires_at < @now AND coalesce(credentials_until, expires_at) < @now ORDER BY sweep_at LIMIT {Sweep.Batch})
                """, ("now", now)));
            return await transaction.RunAsync(new("DELETE FROM cancela_sessions WHERE sweep_at < @now AND expires_at < @now AND expires_at = created_at", ("now", now)));
        }, cancellationToken));
    }

    // The one just opened stays, also where several were opened in the same instant.
    private async Task EndBeyondLimitAsync(Transaction transaction, SessionRow opened)
    {
        var rows = await transaction.AllAsync(
            new($"""
                SELECT {HeldColumns} FROM cancela_sessions s WHERE s.account_id = @account AND s.expires_at > @now AND s.id <> @opened
                ORDER BY s.created_at DESC, s.id DESC LIMIT 1000 OFFSET @others {database.RowLock}
                """, ("account", opened.AccountId), ("now", clock.GetUtcNow()), ("opened", opened.Id), ("others", Limit - 1)),
            ReadHeld);
        Erase(transaction, rows);
    }

    // A session's row, and the hash of its session ID: by that alone its copies can be found.
    private sealed record Held(SessionRow Row, byte[]? SecretHash);

    private const string HeldColumns = SessionRow.Columns + ", s.secret_hash";

    private static Held ReadHeld(DbDataReader row) => new(SessionRow.Read(row), row.IsDBNull(row.FieldCount - 1) ? null : row.GetFieldValue<byte[]>(row.FieldCount - 1));

    private void Erase(Transaction transaction, List<Held> rows)
    {
        if (rows.Count == 0) return;
        var ended = rows.ConvertAll(held => Erase(transaction, held.Row.Id, held));
        transaction.AfterCommit(() => TellAsync(ended));
    }

    private Ended Erase(Transaction transaction, Guid id, Held? held, DateTimeOffset? withoutRow = null)
    {
        // The log first: the trigger on the table, which serves operators with plain SQL, then has nothing to add.
        var now = clock.GetUtcNow();
        var until = held is null ? withoutRow ?? now + CredentialLifetimes.Possible : lifetimes.EndOfCredentials(held.Row, now);
        revocations.Append(transaction, new RevocationEntry.SessionEnded(id, until));
        // Without a row it may have been a refresh token of S3's that was handed out without one.
        if (held is null) return new Ended(id, null, until - now);

        transaction.Later(new("DELETE FROM cancela_sessions WHERE id = @id", ("id", id)));
        // After an exchange the former credentials may have been S3's.
        var renewableUntil = held.Row.Strategy == StrategyNames.RefreshDenylist ? held.Row.ExpiresAt : held.Row.CredentialsUntil ?? now;
        return new Ended(id, held.SecretHash, renewableUntil - now);
    }

    /// <summary>What other places have to be told of a session that ended.</summary>
    /// <param name="Id">The session.</param>
    /// <param name="SecretHash">Of its session ID, where it has one.</param>
    /// <param name="Renewable">How long it could still have been renewed without its row.</param>
    private sealed record Ended(Guid Id, byte[]? SecretHash, TimeSpan Renewable);

    // All at once: each takes a deadline at most, and so do all of them.
    private Task TellAsync(IReadOnlyList<Ended> sessions) => Task.WhenAll(
        shared?.WithdrawAsync(sessions.Select(static ended => ended.SecretHash).OfType<byte[]>()) ?? Task.CompletedTask,
        Task.WhenAll(sessions.Where(static ended => ended.Renewable > TimeSpan.Zero).Select(DenyAsync)));

    private Task DenyAsync(Ended ended) => denylist?.AddAsync(ended.Id, ended.Renewable).AsTask() ?? Task.CompletedTask;
}
