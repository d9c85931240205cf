using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Sql;
using Cancela.Strategies;
using Cancela.Strategies.RefreshRotation;
using Cancela.Tokens;

namespace Cancela.Exchange;

/// <summary>
/// Turns the row of a token's sign-in to another strategy, by the rule of rotation: the former refresh token is the generation
/// before, and of any number of parallel uses exactly one turns the row. All others within the grace period get its successor.
/// </summary>
internal sealed class RefreshTurns(
    Database database, SessionDirectory sessions, Generations generations, AuditLog audit, Roles roles, SessionOptions session, JwtOptions jwt,
    RefreshOptions options, TimeProvider clock)
{
    /// <summary>Advances the sign-in of a former refresh token, which is valid and not revoked.</summary>
    public async Task<Advance> AdvanceAsync(TokenClaims claims, string to, ClientInfo client, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await TurnAsync(claims, to, now, client, cancellationToken) is { } turned) return turned;
        var current = await FindAsync(claims, cancellationToken);
        if (current is null && RefreshTokenOwner.Of(claims) == StrategyNames.RefreshDenylist)
        {
            // S3 may have kept no row. The first use makes it, and whoever comes second finds it.
            await OpenAsync(claims, now, client, cancellationToken);
            if (await TurnAsync(claims, to, now, client, cancellationToken) is { } opened) return opened;
            current = await FindAsync(claims, cancellationToken);
        }
        return current is null || current.Generation.ExpiresAt <= now
            ? await generations.GoneAsync(claims.Subject, cancellationToken)
            : await JudgeAsync(claims, current, now, cancellationToken);
    }

    private async Task<Advance> JudgeAsync(TokenClaims claims, Advance.Advanced current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ReadsNoAccount(claims) && current.Proof.Subject.Version != claims.Version) return new Advance.MovedOn();
        var behind = current.Generation.Number - Presented(claims);
        if (behind == 0) return new Advance.SessionGone(); // the account was closed a moment ago
        if (behind == 1 && current.Generation.IsAheadOf(now)) return new Advance.SessionGone();

        // A single token cannot be renewed: to hand out the same one again prolongs nothing.
        if (behind == 1 && (current.Strategy == StrategyNames.Jwt || now - current.Generation.RotatedAt < options.Grace)) return current;
        await sessions.EndAsync(claims.SessionId, cancellationToken);
        return new Advance.Replayed();
    }

    private Task<Advance.Advanced?> TurnAsync(TokenClaims claims, string to, DateTimeOffset now, ClientInfo client, CancellationToken cancellationToken)
    {
        var from = RefreshTokenOwner.Of(claims);
        var strict = ReadsNoAccount(claims);
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) + (to == StrategyNames.Jwt ? jwt.Lifetime : options.Lifetime);
        // S3 knows no absolute end. Nobody's sign-in ends sooner than the former token would have.
        var formerEnd = DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt);
        var absolute = Later(session.AbsoluteEnd(DateTimeOffset.FromUnixTimeSeconds(claims.AuthenticatedAt)), formerEnd);
        var formerUntil = (strict ? formerEnd : now) + RefreshOptions.MostAccessLifetime;
        var end = strict ? "@absolute" : "absolute_expires_at";
        return database.TransactAsync(async transaction =>
        {
            var turned = await transaction.FirstAsync(new(
                $"""
                UPDATE cancela_sessions
                SET strategy = @to, generation = generation + 1, rotated_at = @now, last_seen_at = @now, absolute_expires_at = {end},
                    expires_at = CASE WHEN {end} < @expires THEN {end} ELSE @expires END,
                    credentials_until = CASE WHEN credentials_until > @former_until THEN credentials_until ELSE @former_until END
                WHERE id = @id AND generation = @presented AND strategy = @from AND expires_at > @now
                  AND {SessionRow.AccountIsActive} AND (@any_version = 1 OR {SessionRow.AccountIsAsItWas})
                RETURNING {Generations.Columns}
                """,
                ("id", claims.SessionId), ("presented", Presented(claims)), ("from", from), ("to", to), ("now", now), ("expires", expiresAt),
                ("absolute", absolute), ("former_until", formerUntil), ("version", claims.Version), ("any_version", strict ? 0 : 1)), Generations.Read);
            if (turned is not null)
                audit.Append(transaction, new(AuditEvents.CredentialExchanged, AuditEvent.Success, claims.Subject, claims.SessionId, to), client);
            return turned;
        }, cancellationToken);
    }

    private Task<Advance.Advanced?> FindAsync(TokenClaims claims, CancellationToken cancellationToken) => database.ReadFirstAsync(
        new($"SELECT {Generations.Columns} FROM cancela_sessions WHERE id = @id AND {SessionRow.AccountIsActive}", ("id", claims.SessionId)),
        Generations.Read, cancellationToken);

    // One that was ended had its row deleted and stands in the log: it is not opened again. The account's row is held: a new
    // password that is under way is waited for, and nothing is opened for the old one.
    private Task<int> OpenAsync(TokenClaims claims, DateTimeOffset now, ClientInfo client, CancellationToken cancellationToken) => database.WriteAsync(
        new($"""
            INSERT INTO cancela_sessions (id, account_id, strategy, scope, amr, authenticated_at, created_at, last_seen_at, expires_at,
                                          absolute_expires_at, ip_address, user_agent)
            SELECT @id, id, @strategy, @scope, @amr, @at, @created, @now, @expires, @expires, @ip, @agent
            FROM cancela_accounts
            WHERE id = @account AND version = @version AND status = 'active'
              AND NOT EXISTS (SELECT 1 FROM cancela_revocations WHERE subject = @session AND kind = 'session')
            {database.RowLock}
            ON CONFLICT (id) DO NOTHING
            """,
            ("id", claims.SessionId), ("session", claims.SessionId.ToString()), ("account", claims.Subject), ("version", claims.Version),
            ("strategy", StrategyNames.RefreshDenylist), ("scope", NarrowingOf(claims)), ("amr", claims.Methods),
            ("at", DateTimeOffset.FromUnixTimeSeconds(claims.AuthenticatedAt)), ("created", DateTimeOffset.FromUnixTimeSeconds(claims.IssuedAt)),
            ("now", now), ("expires", DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt)), ("ip", client.IpAddress), ("agent", client.UserAgent)),
        cancellationToken);

    // S3 was handed out on the word of the token alone: it counts for the account as it was then, and for no other.
    private static bool ReadsNoAccount(TokenClaims claims) => RefreshTokenOwner.Of(claims) == StrategyNames.RefreshDenylist;

    private static int Presented(TokenClaims claims) => claims.Generation ?? 0;

    private string NarrowingOf(TokenClaims claims) => claims.Scope == Scopes.Join(roles.ScopesOf(claims.Role ?? "")) ? "" : claims.Scope ?? "";

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
