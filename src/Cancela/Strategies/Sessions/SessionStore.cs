using System.Data.Common;
using Cancela.Accounts;
using Cancela.Caching;
using Cancela.Sql;

namespace Cancela.Strategies.Sessions;

/// <summary>
/// Sessions by the hash of their ID: from memory where the node read them lately, from the copies that nodes share where one
/// did, else from their rows. What memory and copies say is only data: whether the session was ended is asked of the revocation set, on every request, after this.
/// </summary>
internal sealed class SessionStore(Database database, Roles roles, SharedSessions shared, SessionOptions options, TimeProvider clock)
{
    private const int At = SessionRow.ColumnCount;

    private readonly BoundedCache<Digest, LiveSession> _remembered = new(options.CacheEntries, new(options.CacheBytes, static session => session.Bytes));

    /// <summary>From memory, while what is remembered is young enough.</summary>
    public bool TryRecall(in Digest hash, out LiveSession? session) =>
        _remembered.TryGet(hash, out session) && clock.GetElapsedTime(session.ReadAt) < options.CacheLifetime;

    /// <summary>From the shared copies, and what stands there when it cannot be used. It is not remembered before it was judged.</summary>
    public async ValueTask<(LiveSession? Session, CopyReading Found)> FindAsync(Digest hash)
    {
        var readAt = clock.GetTimestamp();
        var found = await shared.FindAsync(hash);
        return (shared.CopyIn(hash, found) is { } copy ? Live(copy.Row, copy.Account, readAt) : null, found);
    }

    /// <summary>Remembers what was found and judged.</summary>
    public void Remember(in Digest hash, LiveSession session) => _remembered.Set(hash, session);

    /// <summary>The right to share what is read from the row after this.</summary>
    public ValueTask<CopyLease?> LeaseAsync(Digest hash, CopyReading found) => shared.LeaseAsync(hash, found);

    /// <summary>Shares what was read from the row.</summary>
    public ValueTask ShareAsync(Digest hash, CopyLease? lease, LiveSession session) => shared.PutAsync(hash, lease, session);

    /// <summary>From the row. <see langword="null"/>: unknown, ended, run out, or its account is closed.</summary>
    public async ValueTask<LiveSession?> ReadAsync(Digest hash, CancellationToken cancellationToken)
    {
        // Taken before the row is read: what is remembered is never thought younger than it is.
        var readAt = clock.GetTimestamp();
        var session = await database.ReadFirstAsync(
            new($"""
                SELECT {SessionRow.Columns}, a.email, a.email_verified, a.name, a.role, a.version, a.created_at
                FROM cancela_sessions s JOIN cancela_accounts a ON a.id = s.account_id
                WHERE s.secret_hash = @hash AND s.expires_at > @now AND coalesce(s.secret_expires_at, s.expires_at) > @now AND a.status = 'active'
                """, ("hash", hash.ToArray()), ("now", clock.GetUtcNow())),
            row => Read(row, readAt), cancellationToken);
        if (session is null) _remembered.Remove(hash);
        else _remembered.Set(hash, session);
        return session;
    }

    /// <summary>Moves the end of a session in its second half. <see langword="null"/>: it was ended meanwhile.</summary>
    public async ValueTask<LiveSession?> ProlongAsync(Digest hash, LiveSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + options.Lifetime;
        if (until > session.Row.AbsoluteExpiresAt) until = session.Row.AbsoluteExpiresAt;
        var moved = await database.WriteAsync(
            new("UPDATE cancela_sessions SET expires_at = @until, last_seen_at = @now WHERE id = @id AND expires_at > @now",
                ("id", session.Row.Id), ("until", until), ("now", now)), cancellationToken);
        return moved == 0 ? null : await ReadAsync(hash, cancellationToken);
    }

    /// <summary>
    /// Forgets what is remembered of an account, so that its next request here reads its new name. Other nodes may tell the
    /// old one until <see cref="SessionOptions.CacheLifetime"/> has passed: what credentials must follow raises the version,
    /// and does not wait for it. Said after the commit of the change, which holds whatever comes of this.
    /// </summary>
    public async Task ForgetAsync(Guid accountId, CancellationToken cancellationToken)
    {
        if (shared.Exist) await WithdrawAsync(accountId, cancellationToken);
        foreach (var (hash, session) in _remembered.Snapshot())
        {
            if (session.Account.Id == accountId) _remembered.Remove(hash);
        }
    }

    private async Task WithdrawAsync(Guid accountId, CancellationToken cancellationToken)
    {
        try
        {
            await shared.WithdrawAsync(await database.ReadAllAsync(
                new("SELECT secret_hash FROM cancela_sessions WHERE account_id = @account AND secret_hash IS NOT NULL", ("account", accountId)),
                static row => row.GetFieldValue<byte[]>(0), cancellationToken));
        }
        catch (StoreUnavailableException)
        {
            // The copies tell the old name until they run out.
        }
    }

    private LiveSession Read(DbDataReader row, long readAt)
    {
        var session = SessionRow.Read(row);
        var account = new Account(
            session.AccountId, row.GetString(At), row.GetBoolean(At + 1), row.IsDBNull(At + 2) ? null : row.GetString(At + 2), row.GetString(At + 3),
            AccountStatus.Active, row.GetInt32(At + 4), row.GetFieldValue<DateTimeOffset>(At + 5));
        return Live(session, account, readAt);
    }

    private LiveSession Live(SessionRow session, Account account, long readAt)
    {
        var scope = Scopes.Narrow(roles.ScopesOf(account.Role), session.Scope);
        var caller = new Caller(
            account.Id, session.Id, session.Strategy, account.Email, account.Role, scope, session.Methods, session.AuthenticatedAt,
            session.ExpiresAt, account, session.Scope) { Version = account.Version };
        return new LiveSession(session, account, caller, readAt);
    }
}
