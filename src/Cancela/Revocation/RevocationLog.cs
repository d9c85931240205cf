using System.Data.Common;
using Cancela.Sql;

namespace Cancela.Revocation;

/// <summary>
/// The truth about what no longer counts: rows in the database, written in the transaction of the change that caused
/// them and read by every node.
/// </summary>
internal sealed class RevocationLog(Database database, RevocationSet set, TimeProvider clock)
{
    // A row is of no use once everything that it covers has expired. The hour is for nodes whose clocks run behind ours
    // or are set back: to them the credential is not expired yet, and they may still have to load the row.
    private static readonly TimeSpan SweepMargin = TimeSpan.FromHours(1);

    // A long delete would hold up SQLite's only writer: it is done in pieces, and others write in between.

    private readonly Moment _made = Moment.Of(clock);

    /// <summary>Something was recorded here, and this node's set knows it. Whoever listens must not wait.</summary>
    public event Action? Recorded;

    // Of a replica there is no era to be read: it may lack what was acknowledged, and its answer would be a guess.
    private readonly string _ask = $"""
        SELECT kind, subject, CAST(max(min_version) AS bigint), max(until) FROM cancela_revocations
        WHERE (subject = @session AND kind = 'session')
           OR (subject = @account AND kind = 'account' AND min_version > @version)
           OR (subject = @key AND kind = 'key')
        GROUP BY kind, subject
        UNION ALL
        SELECT '{Era}', {database.LogCursor.Era}, 0, NULL
        """;

    // Where to go on and the rows are of one snapshot: whatever it does not show lies at or above that position, or was open.
    // The rows come first: PostgreSQL takes the types of the columns from them, and would make two NULLs a text.
    private const string Here = "here", Era = "era";
    private readonly string _read = $"""
        SELECT log.kind, log.subject, log.min_version, log.until
        FROM cancela_revocations AS log WHERE log.position >= @next OR {database.LogCursor.WasOpen}
        UNION ALL
        SELECT '{Here}', {database.LogCursor.Open}, {database.LogCursor.Next}, NULL
        UNION ALL
        SELECT '{Era}', {database.LogCursor.Era}, 0, NULL
        """;

    /// <summary>How many entries this node wrote.</summary>
    public AcknowledgedEntries Acknowledged { get; } = new();

    /// <summary>
    /// Writes an entry in the caller's transaction. When that has committed, and before <c>TransactAsync</c> returns,
    /// this node's set knows it: whoever acknowledges a revocation refuses from that moment.
    /// </summary>
    public void Append(Transaction transaction, RevocationEntry entry)
    {
        var (kind, subject, minVersion) = entry switch
        {
            RevocationEntry.SessionEnded session => ("session", session.SessionId.ToString(), 0),
            RevocationEntry.AccountMovedOn account => ("account", account.AccountId.ToString(), account.MinVersion),
            RevocationEntry.KeyRetired key => ("key", key.KeyId, 0),
            RevocationEntry.KeyMade key => ("new_key", key.KeyId, 0),
            _ => throw new ArgumentOutOfRangeException(nameof(entry)),
        };
        transaction.Later(new Statement(
            """
            INSERT INTO cancela_revocations (kind, subject, min_version, until, recorded_at)
            VALUES (@kind, @subject, @min_version, @until, @now)
            """,
            ("kind", kind), ("subject", subject), ("min_version", minVersion),
            ("until", entry.Until), ("now", clock.GetUtcNow())));
        transaction.OnCommitted(() =>
        {
            set.Add(entry);
            Acknowledged.Count(entry);
            Recorded?.Invoke();
        });
    }

    /// <summary>
    /// Whether a session was ended before, as the caller's transaction sees it. If so, this node's set knows it too when the
    /// transaction has committed: whoever acknowledges that a session has ended refuses from that moment, whoever ended it.
    /// </summary>
    public async Task<bool> HoldsSessionAsync(Transaction transaction, Guid sessionId)
    {
        var held = await transaction.FirstAsync(
            new Statement(
                "SELECT until FROM cancela_revocations WHERE subject = @session AND kind = 'session' LIMIT 1", ("session", sessionId.ToString())),
            row => new RevocationEntry.SessionEnded(sessionId, row.GetFieldValue<DateTimeOffset>(0)));
        if (held is null) return false;
        transaction.OnCommitted(() => set.Add(held));
        return true;
    }

    /// <summary>
    /// Reads what was recorded since a position, row by row: a log of any length needs no memory but the set's. Returns
    /// where the next read goes on so that it misses no transaction open now. Rows may come again, and in any order.
    /// </summary>
    public Task<LogPosition> ReadAsync(LogPosition from, Action<RevocationEntry> found, CancellationToken cancellationToken) =>
        database.DetachAsync(async () =>
        {
            var here = from;
            await database.ReadEachAsync(
                new Statement(_read, ("next", from.Next), ("open", from.Open)),
                row =>
                {
                    var kind = row.GetString(0);
                    if (kind == Here) here = here with { Next = row.GetInt64(2), Open = row.GetString(1) };
                    else if (kind == Era) here = here with { Era = row.GetString(1) };
                    else if (EntryOf(kind, row) is { } entry) found(entry);
                },
                cancellationToken);
            return here;
        });

    /// <summary>
    /// Asks the store itself about one credential, and remembers what it says: whoever was told here that it counts no more
    /// is not told otherwise a moment later. Throws <see cref="StoreUnavailableException"/> when it does not answer.
    /// </summary>
    public async Task<RevocationVerdict> AskAsync(
        Guid sessionId, Guid accountId, int version, string? keyId, CancellationToken cancellationToken)
    {
        var found = await database.DetachAsync(() => database.ReadAllAsync(
            new Statement(
                _ask,
                ("session", sessionId.ToString()), ("account", accountId.ToString()), ("version", version), ("key", keyId ?? "")),
            static row => row.GetString(0) is var kind && kind != Era ? EntryOf(kind, row) : null, cancellationToken));
        foreach (var entry in found.OfType<RevocationEntry>()) set.Add(entry);
        var movedOn = found.OfType<RevocationEntry.AccountMovedOn>().FirstOrDefault();
        return movedOn?.MinVersion == RevocationEntry.AccountMovedOn.NoVersion ? RevocationVerdict.AccountDeleted
            : found.OfType<RevocationEntry.SessionEnded>().Any() ? RevocationVerdict.SessionEnded
            : movedOn is not null ? RevocationVerdict.AccountMovedOn
            : found.OfType<RevocationEntry.KeyRetired>().Any() ? RevocationVerdict.KeyRetired
            : RevocationVerdict.Counts;
    }

    /// <summary>Deletes the rows that nobody needs any more. Returns how many.</summary>
    public Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        // `until` twice: on some databases rows of one transaction share a position.
        var statement = new Statement(
            $"""
            DELETE FROM cancela_revocations WHERE until < @before AND position IN
                (SELECT position FROM cancela_revocations WHERE until < @before ORDER BY until LIMIT {Sweep.Batch})
            """,
            ("before", Now() - SweepMargin));
        return Sweep.RunAsync(() => database.WriteAsync(statement, cancellationToken));
    }

    // A wall clock that was set ahead deletes nothing that is alive: the earlier counts of what it shows and what has passed since the start.
    private DateTimeOffset Now()
    {
        var (shown, passed) = (clock.GetUtcNow(), _made.Wall + clock.GetElapsedTime(_made.Timestamp));
        return shown < passed ? shown : passed;
    }

    // Null for a subject that is no UUID: an operator may have written it, and as every `sid` and account is a UUID it covers nothing.
    private static RevocationEntry? EntryOf(string kind, DbDataReader row)
    {
        var subject = row.GetString(1);
        var until = row.GetFieldValue<DateTimeOffset>(3);
        if (kind == "key") return new RevocationEntry.KeyRetired(subject, until);
        if (kind == "new_key") return new RevocationEntry.KeyMade(subject, until);
        if (!Guid.TryParse(subject, out var id)) return null;
        return kind switch
        {
            "session" => new RevocationEntry.SessionEnded(id, until),
            "account" => new RevocationEntry.AccountMovedOn(id, (int)row.GetInt64(2), until),
            // A newer version's kind. Skipping it would be a guess: the read fails, and the node is blind.
            _ => throw new InvalidDataException($"The revocation log holds an entry of the unknown kind '{kind}'."),
        };
    }
}
