using Cancela.Audit;
using Cancela.Problems;
using Cancela.Sql;
using Cancela.Strategies;
using Cancela.Strategies.RefreshRotation;

namespace Cancela.Exchange;

/// <summary>
/// The tokens of <c>refresh-rotation</c> for the cookie of <c>session</c>, for the same sign-in: an application moves from cookies to
/// tokens, and nobody signs in again. The cookie is worth the sign-in's one living pair, however often it is shown: parallel uses
/// never fork.
/// </summary>
internal sealed class TokensForCookies(
    Database database, AuditLog audit, Successors successors, FormerOptions former, Window window, RefreshOptions options, TimeProvider clock)
{
    public bool IsOpen => former.CookieForTokens && window.IsOpen;

    /// <summary>The pair, for somebody whose cookie was just recognised.</summary>
    public async Task<Renewal> ExchangeAsync(Caller caller, ClientInfo client, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) + options.Lifetime;
        var pair = await database.TransactAsync(async transaction =>
        {
            var turned = await transaction.FirstAsync(new(
                $"""
                UPDATE cancela_sessions
                SET strategy = @to, generation = generation + 1, rotated_at = @now, last_seen_at = @now, secret_expires_at = @secret_until,
                    expires_at = CASE WHEN absolute_expires_at < @expires THEN absolute_expires_at ELSE @expires END
                WHERE id = @id AND strategy = @from AND expires_at > @now AND {SessionRow.AccountIsActive}
                RETURNING {Generations.Columns}
                """,
                ("id", caller.SessionId), ("from", StrategyNames.Session), ("to", StrategyNames.RefreshRotation), ("now", now), ("expires", expiresAt),
                ("secret_until", window.End)), Generations.Read);
            if (turned is not null)
            {
                var exchanged = new AuditEvent(AuditEvents.CredentialExchanged, AuditEvent.Success, caller.AccountId, caller.SessionId, StrategyNames.RefreshRotation);
                audit.Append(transaction, exchanged, client);
                return turned;
            }
            return await transaction.FirstAsync(new(
                $"""
                SELECT {Generations.Columns} FROM cancela_sessions
                WHERE id = @id AND strategy = @to AND secret_hash IS NOT NULL AND expires_at > @now AND {SessionRow.AccountIsActive}
                """,
                ("id", caller.SessionId), ("to", StrategyNames.RefreshRotation), ("now", now)), Generations.Read);
        }, cancellationToken);
        return pair is null
            ? Renewal.No(Problem.SessionInvalid, "the session ended meanwhile")
            : new Renewal.Renewed(successors.Of(pair), pair.Proof);
    }
}
