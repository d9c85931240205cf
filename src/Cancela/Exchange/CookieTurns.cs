using Cancela.Audit;
using Cancela.Sql;
using Cancela.Strategies;

namespace Cancela.Exchange;

/// <summary>
/// Turns the row of a cookie's sign-in to the other strategy of the browser slot: one conditional UPDATE, so that of any number
/// of parallel requests one turns it, and the others find it turned. The <c>sid</c> stays: whatever ends the session ends both.
/// </summary>
internal sealed class CookieTurns(Database database, AuditLog audit, Window window, TimeProvider clock)
{
    /// <summary>From <c>session</c>: the session ID goes on until the window ends, and no request prolongs it.</summary>
    public Task<Turn?> ToTokenAsync(Caller caller, int version, DateTimeOffset expiresAt, ClientInfo client, CancellationToken cancellationToken) =>
        TurnAsync(
            new($"""
                UPDATE cancela_sessions
                SET strategy = @to, last_seen_at = @now, secret_expires_at = @secret_until,
                    expires_at = CASE WHEN absolute_expires_at < @expires THEN absolute_expires_at ELSE @expires END,
                    absolute_expires_at = CASE WHEN absolute_expires_at < @expires THEN absolute_expires_at ELSE @expires END,
                    credentials_until = CASE WHEN credentials_until > @expires THEN credentials_until ELSE @expires END
                WHERE id = @id AND strategy = @from AND secret_hash IS NOT NULL AND expires_at > @now AND {SessionRow.AccountIsAsItWas}
                RETURNING {SessionRow.OwnColumns}
                """,
                ("id", caller.SessionId), ("from", StrategyNames.Session), ("to", StrategyNames.JwtCookie), ("version", version),
                ("now", clock.GetUtcNow()), ("expires", expiresAt), ("secret_until", window.End)),
            new($"SELECT {SessionRow.Columns} FROM cancela_sessions s WHERE s.id = @id AND s.strategy = @to AND s.secret_hash IS NOT NULL AND s.expires_at > @now",
                ("id", caller.SessionId), ("to", StrategyNames.JwtCookie), ("now", clock.GetUtcNow())),
            caller, StrategyNames.JwtCookie, client, cancellationToken);

    /// <summary>From <c>jwt-cookie</c>. Only what was handed out as a cookie is turned: no other token has a row of that strategy.</summary>
    public Task<Turn?> ToSessionAsync(
        Caller caller, int version, byte[] secretHash, DateTimeOffset expiresAt, DateTimeOffset absoluteExpiresAt, ClientInfo client,
        CancellationToken cancellationToken) =>
        TurnAsync(
            new($"""
                UPDATE cancela_sessions
                SET strategy = @to, last_seen_at = @now, secret_hash = @hash, secret_expires_at = NULL, expires_at = @expires,
                    absolute_expires_at = @absolute,
                    credentials_until = CASE WHEN credentials_until > @token_until THEN credentials_until ELSE @token_until END
                WHERE id = @id AND strategy = @from AND expires_at > @now AND {SessionRow.AccountIsAsItWas}
                RETURNING {SessionRow.OwnColumns}
                """,
                ("id", caller.SessionId), ("from", StrategyNames.JwtCookie), ("to", StrategyNames.Session), ("version", version), ("now", clock.GetUtcNow()),
                ("hash", secretHash), ("expires", expiresAt), ("absolute", absoluteExpiresAt), ("token_until", caller.ExpiresAt)),
            new($"SELECT {SessionRow.Columns} FROM cancela_sessions s WHERE s.id = @id AND s.strategy = @to AND s.secret_hash = @hash AND s.expires_at > @now",
                ("id", caller.SessionId), ("to", StrategyNames.Session), ("hash", secretHash), ("now", clock.GetUtcNow())),
            caller, StrategyNames.Session, client, cancellationToken);

    private Task<Turn?> TurnAsync(Statement turn, Statement find, Caller caller, string to, ClientInfo client, CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            if (await transaction.FirstAsync(turn, SessionRow.Read) is { } turned)
            {
                audit.Append(transaction, new(AuditEvents.CredentialExchanged, AuditEvent.Success, caller.AccountId, caller.SessionId, to), client);
                return new Turn(turned, IsNew: true);
            }
            return await transaction.FirstAsync(find, SessionRow.Read) is { } found ? new Turn(found, IsNew: false) : null;
        }, cancellationToken);
}
