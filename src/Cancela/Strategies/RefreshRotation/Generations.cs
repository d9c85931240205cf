using System.Data.Common;
using System.Globalization;
using Cancela.Audit;
using Cancela.Sql;

namespace Cancela.Strategies.RefreshRotation;

/// <summary>The counter in the session's row. It only ever grows by one, by the one use that finds it where its token says.</summary>
internal sealed class Generations(Database database, SessionDirectory sessions, RefreshOptions options)
{
    /// <summary>
    /// What <see cref="Read"/> expects. What the account says is one text, for it is looked up once then: RETURNING names no joined table
    /// on SQLite, and a lookup is a quarter of what the statement costs PostgreSQL.
    /// </summary>
    public const string Columns = """
        id, generation, coalesce(rotated_at, created_at), expires_at, scope, amr, authenticated_at, account_id, strategy,
        (SELECT a.version || ' ' || a.role || ' ' || a.email FROM cancela_accounts a WHERE a.id = account_id)
        """;

    public async Task<Advance> AdvanceAsync(Guid sessionId, Guid accountId, int presented, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Whole seconds, as tokens have them: the row and the token end together.
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) + options.Lifetime;
        var rotated = await database.WriteFirstAsync(new(
            $"""
            UPDATE cancela_sessions
            SET generation = generation + 1, rotated_at = @now, last_seen_at = @now,
                expires_at = CASE WHEN absolute_expires_at < @expires THEN absolute_expires_at ELSE @expires END
            WHERE id = @id AND generation = @presented AND strategy = @strategy AND expires_at > @now
              AND {SessionRow.AccountIsActive}
            RETURNING {Columns}
            """,
            ("id", sessionId), ("presented", presented), ("now", now), ("expires", expiresAt),
            ("strategy", StrategyNames.RefreshRotation)), Read, cancellationToken);
        return rotated ?? await ExplainAsync(sessionId, accountId, presented, now, cancellationToken);
    }

    // Nothing was rotated. Was it a parallel use, an old token, or is there no session any more?
    private async Task<Advance> ExplainAsync(Guid sessionId, Guid accountId, int presented, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var current = await database.ReadFirstAsync(
            new($"SELECT {Columns} FROM cancela_sessions WHERE id = @id AND expires_at > @now AND {SessionRow.AccountIsActive}", ("id", sessionId), ("now", now)), Read, cancellationToken);
        if (current is null) return await GoneAsync(accountId, cancellationToken);

        if (current.Strategy != StrategyNames.RefreshRotation) return new Advance.Turned();
        var behind = current.Generation.Number - presented;
        if (behind == 0) return new Advance.SessionGone(); // the account was closed a moment ago
        // Within the grace, or an hour old and shown where the clock is an hour behind? To hand out nothing is right in both cases.
        if (behind == 1 && current.Generation.IsAheadOf(now)) return new Advance.SessionGone();
        if (behind == 1 && now - current.Generation.RotatedAt < options.Grace) return current;

        // RFC 9700 section 4.14.2: "the authorization server will revoke the active refresh token".
        await sessions.EndAsync(sessionId, cancellationToken);
        return new Advance.Replayed();
    }

    /// <summary>There is no living row: because there is no account any more?</summary>
    public async Task<Advance> GoneAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var account = await database.ReadFirstAsync(
            new("SELECT id FROM cancela_accounts WHERE id = @id", ("id", accountId)), static row => row.GetGuid(0).ToString(), cancellationToken);
        return account is null ? new Advance.AccountGone() : new Advance.SessionGone();
    }

    public static Advance.Advanced Read(DbDataReader row)
    {
        // A role has no space, and a version is digits: the address is all that follows.
        var account = row.GetString(9).Split(' ', 3);
        var subject = new Subject(row.GetGuid(7), account[2], account[1], int.Parse(account[0], CultureInfo.InvariantCulture));
        var proof = new Proof(subject, row.GetString(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6), ClientInfo.None);
        return new Advance.Advanced(proof, new Generation(
            row.GetGuid(0), row.GetInt32(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<DateTimeOffset>(3)), row.GetString(8));
    }
}
