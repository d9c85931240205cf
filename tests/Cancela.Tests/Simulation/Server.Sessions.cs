using Cancela.Caching;
using Cancela.Sql;
using Cancela.Strategies;

namespace Cancela.Tests.Simulation;

internal sealed partial class Server
{
    private const string Lock = "FOR NO KEY UPDATE";

    private const string GenerationColumns = """
        id, generation, coalesce(rotated_at, created_at), expires_at, scope, amr, authenticated_at, account_id, strategy,
        (SELECT a.version || ' ' || a.role || ' ' || a.email FROM cancela_accounts a WHERE a.id = account_id)
        """;

    /// <summary>An operator's plain SQL: the trigger does the rest.</summary>
    public const string OperatorEnds = "DELETE FROM cancela_sessions WHERE id = @id RETURNING id";

    private void KnowSessions()
    {
        _statements[$"""
            INSERT INTO cancela_sessions (id, account_id, strategy, secret_hash, scope, amr, authenticated_at, created_at, last_seen_at,
                                          expires_at, absolute_expires_at, sweep_at, ip_address, user_agent)
            SELECT @id, id, @strategy, @hash, @scope, @amr, @now, @now, @now, @expires, @absolute, @expires, @ip, @agent
            FROM cancela_accounts WHERE id = @account AND version = @version AND status = 'active' {Lock}
            RETURNING (SELECT count(*) FROM cancela_sessions s WHERE s.account_id = @account)
            """] = OpenSession;
        _statements[$"SELECT {SessionRow.Columns}, s.secret_hash FROM cancela_sessions s WHERE s.id = @id {Lock}"] =
            (Work work, Values values, long snapshot, out Work? waitsFor) => Hold(work, SessionAt(values.Of<Guid>("id")), snapshot, static _ => true, out waitsFor);
        _statements[$"SELECT {SessionRow.Columns}, s.secret_hash FROM cancela_sessions s WHERE s.account_id = @account AND s.id <> @except ORDER BY s.id {Lock}"] =
            (Work work, Values values, long snapshot, out Work? waitsFor) => Hold(
                work, _sessions.OrderBy(static pair => pair.Key).Select(static pair => pair.Value), snapshot,
                row => row.AccountId == values.Of<Guid>("account") && row.Id != values.Of<Guid>("except"), out waitsFor);
        _statements["DELETE FROM cancela_sessions WHERE id = @id"] = _statements[OperatorEnds] =
            (Work work, Values values, long snapshot, out Work? waitsFor) => Delete(work, SessionAt(values.Of<Guid>("id")), snapshot, static _ => true, out waitsFor);
        _statements["DELETE FROM cancela_sessions WHERE account_id = @id"] = (Work work, Values values, long snapshot, out Work? waitsFor) =>
            Delete(work, _sessions.Values, snapshot, row => row.AccountId == values.Of<Guid>("id"), out waitsFor);
        // When a row is looked at is of no account here: every look finds what it would find later.
        _statements[$"""
            UPDATE cancela_sessions SET sweep_at = CASE WHEN credentials_until > expires_at THEN credentials_until ELSE expires_at END WHERE id IN
                (SELECT id FROM cancela_sessions WHERE sweep_at < @now AND (expires_at >= @now OR credentials_until >= @now) ORDER BY sweep_at LIMIT {Sweep.Batch})
            """] = (Work work, Values values, long snapshot, out Work? waitsFor) =>
        {
            waitsFor = null;
            return Answer.Nothing;
        };
        _statements[$"""
            UPDATE cancela_sessions SET expires_at = created_at WHERE expires_at < @now AND id IN
                (SELECT id FROM cancela_sessions WHERE sweep_at < @now AND expires_at < @now AND coalesce(credentials_until, expires_at) < @now ORDER BY sweep_at LIMIT {Sweep.Batch})
            """] = (Work work, Values values, long snapshot, out Work? waitsFor) =>
            Change(work, _sessions.Values, snapshot, row => row.ExpiresAt < values.Of<DateTimeOffset>("now"), static row => row with { ExpiresAt = row.CreatedAt }, out waitsFor);
        _statements["DELETE FROM cancela_sessions WHERE sweep_at < @now AND expires_at < @now AND expires_at = created_at"] = (Work work, Values values, long snapshot, out Work? waitsFor) =>
            Delete(work, _sessions.Values, snapshot, row => row.ExpiresAt < values.Of<DateTimeOffset>("now") && row.ExpiresAt == row.CreatedAt, out waitsFor);
        _statements[$"""
            SELECT {SessionRow.Columns}, a.email, a.email_verified, a.name, a.role, a.version, a.created_at
            FROM cancela_sessions s JOIN cancela_accounts a ON a.id = s.account_id
            WHERE s.secret_hash = @hash AND s.expires_at > @now AND coalesce(s.secret_expires_at, s.expires_at) > @now AND a.status = 'active'
            """] = ReadByHash;
        _statements["UPDATE cancela_sessions SET expires_at = @until, last_seen_at = @now WHERE id = @id AND expires_at > @now"] = Prolong;
        _statements[$"""
            UPDATE cancela_sessions
            SET generation = generation + 1, rotated_at = @now, last_seen_at = @now,
                expires_at = CASE WHEN absolute_expires_at < @expires THEN absolute_expires_at ELSE @expires END
            WHERE id = @id AND generation = @presented AND strategy = @strategy AND expires_at > @now
              AND {SessionRow.AccountIsActive}
            RETURNING {GenerationColumns}
            """] = Advance;
        _statements[$"SELECT {GenerationColumns} FROM cancela_sessions WHERE id = @id AND expires_at > @now AND {SessionRow.AccountIsActive}"] =
            (Work work, Values values, long snapshot, out Work? waitsFor) =>
            {
                waitsFor = null;
                return SessionAt(values.Of<Guid>("id")).FirstOrDefault()?.SeenBy(work, snapshot) is { } row && row.ExpiresAt > values.Of<DateTimeOffset>("now") && AccountOf(row, work, snapshot) is { IsActive: true } account
                    ? new Answer([Generation(row, account)], 0)
                    : Answer.Nothing;
            };
    }

    private StoredAccount? AccountOf(StoredSession row, Work work, long snapshot) => _accounts.GetValueOrDefault(row.AccountId)?.SeenBy(work, snapshot);

    private Answer OpenSession(Work work, Values values, long snapshot, out Work? waitsFor)
    {
        var account = values.Of<Guid>("account");
        var held = Take(AccountAt(account), work, snapshot, row => row.Version == values.Of<int>("version") && row.IsActive, out waitsFor);
        if (waitsFor is not null || held.Count == 0) return Answer.Nothing;
        var now = values.Of<DateTimeOffset>("now");
        var row = new StoredSession(
            values.Of<Guid>("id"), account, values.Of<string>("strategy"), values.Maybe<byte[]>("hash") is { } hash ? Digest.From(hash) : null, values.Of<string>("scope"),
            values.Of<string>("amr"), now, now, now, values.Of<DateTimeOffset>("expires"), values.Of<DateTimeOffset>("absolute"));
        var record = _sessions[row.Id] = new Record<StoredSession>();
        record.Take(work);
        record.Write(row);
        return new Answer([[1L]], 1);
    }

    private Answer Hold(Work work, IEnumerable<Record<StoredSession>> rows, long snapshot, Func<StoredSession, bool> matches, out Work? waitsFor) =>
        new([.. Take(rows, work, snapshot, matches, out waitsFor).Select(static row => (object?[])[.. row.Held!.Columns, row.Held.Hash?.ToArray()])], 0);

    private Answer Change(
        Work work, IEnumerable<Record<StoredSession>> rows, long snapshot, Func<StoredSession, bool> matches, Func<StoredSession, StoredSession?> change, out Work? waitsFor)
    {
        var held = Take(rows, work, snapshot, matches, out waitsFor);
        foreach (var row in held) row.Write(change(row.Held!));
        return new Answer([], held.Count);
    }

    private Answer Delete(Work work, IEnumerable<Record<StoredSession>> rows, long snapshot, Func<StoredSession, bool> matches, out Work? waitsFor) =>
        Change(work, rows, snapshot, matches, row =>
        {
            SessionEnded(work, row);
            return null;
        }, out waitsFor);

    // The trigger cancela_sessions_ended.
    private void SessionEnded(Work work, StoredSession row)
    {
        if (row.ExpiresAt <= row.CreatedAt)
        {
            work.Enlist(commit =>
            {
                if (commit is not null) _ranOut.Add(row.Id);
            });
            return;
        }
        var (session, account) = (row.Id.ToString(), row.AccountId.ToString());
        if (_log.Exists(entry => entry.IsSeenBy(work, _commits)
            && ((entry.Kind == "session" && entry.Subject == session) || (entry.Kind == "account" && entry.Subject == account && entry.MinVersion == int.MaxValue)))) return;
        Log(work, "session", session, 0, row.ExpiresAt + TimeSpan.FromDays(1));
    }

    private Answer ReadByHash(Work work, Values values, long snapshot, out Work? waitsFor)
    {
        waitsFor = null;
        var (hash, now) = (Digest.From(values.Of<byte[]>("hash")), values.Of<DateTimeOffset>("now"));
        foreach (var record in _sessions.Values)
        {
            if (record.SeenBy(work, snapshot) is not { } row || row.Hash != hash || row.ExpiresAt <= now) continue;
            if (AccountOf(row, work, snapshot) is not { IsActive: true } account) continue;
            return new Answer([[.. row.Columns, account.Email, true, "Somebody", account.Role, account.Version, account.CreatedAt]], 0);
        }
        return Answer.Nothing;
    }

    private Answer Prolong(Work work, Values values, long snapshot, out Work? waitsFor)
    {
        var now = values.Of<DateTimeOffset>("now");
        var changed = Change(
            work, SessionAt(values.Of<Guid>("id")), snapshot, row => row.ExpiresAt > now,
            row => row with { ExpiresAt = values.Of<DateTimeOffset>("until"), LastSeenAt = now }, out waitsFor);
        return changed;
    }

    private Answer Advance(Work work, Values values, long snapshot, out Work? waitsFor)
    {
        var (now, presented) = (values.Of<DateTimeOffset>("now"), values.Of<int>("presented"));
        var held = Take(SessionAt(values.Of<Guid>("id")), work, snapshot, Matches, out waitsFor);
        if (waitsFor is not null || held.Count == 0) return Answer.Nothing;
        var row = held[0].Held!;
        var expires = values.Of<DateTimeOffset>("expires");
        row = row with
        {
            Generation = row.Generation + 1, RotatedAt = now, LastSeenAt = now,
            ExpiresAt = row.AbsoluteExpiresAt < expires ? row.AbsoluteExpiresAt : expires,
        };
        held[0].Write(row);
        return new Answer([Generation(row, AccountOf(row, work, snapshot)!)], 1);

        // The account is another table's row: it is as the statement saw it when it began, also after a wait.
        bool Matches(StoredSession found) =>
            (_planted == Planted.AnyAncestorRotates ? found.Generation >= presented : found.Generation == presented)
            && found.ExpiresAt > now && AccountOf(found, work, snapshot) is { IsActive: true };
    }

    private static object?[] Generation(StoredSession row, StoredAccount account) =>
        [row.Id, row.Generation, row.RotatedAt ?? row.CreatedAt, row.ExpiresAt, row.Scope, row.Methods, row.AuthenticatedAt, account.Id, row.Strategy, $"{account.Version} {account.Role} {account.Email}"];
}
