using System.Globalization;
using Cancela.Sql;

namespace Cancela.Tests.Simulation;

internal sealed partial class Server
{
    private const string Next = "(SELECT the number that comes next)";
    private const string Open = "(SELECT the numbers that are open)";
    private const string WasOpen = "log.position was open";
    private const string Highest = "(SELECT max(position) + 1 FROM cancela_revocations)";

    /// <summary>As for PostgreSQL.</summary>
    public static LogCursor Cursor { get; } = new(Next, Open, WasOpen, "'one'");

    /// <summary>Everything that the snapshot shows lies below its xmax: until a crash hands numbers out again.</summary>
    public static LogCursor XmaxCursor { get; } = new("(SELECT xmax)", Open, WasOpen, "'one'");

    /// <summary>What anybody would write first.</summary>
    public static LogCursor NaiveCursor { get; } = new(Highest, "''", "1 = 0", "'one'");

    private void KnowLog()
    {
        foreach (var cursor in (LogCursor[])[Cursor, XmaxCursor, NaiveCursor])
        {
            _statements[$"""
                SELECT log.kind, log.subject, log.min_version, log.until
                FROM cancela_revocations AS log WHERE log.position >= @next OR {cursor.WasOpen}
                UNION ALL
                SELECT 'here', {cursor.Open}, {cursor.Next}, NULL
                UNION ALL
                SELECT 'era', {cursor.Era}, 0, NULL
                """] = cursor == NaiveCursor ? ReadLogNaively : (Work work, Values values, long snapshot, out Work? waitsFor) => ReadLog(work, values, snapshot, cursor == XmaxCursor, out waitsFor);
        }
        _statements["""
            INSERT INTO cancela_revocations (kind, subject, min_version, until, recorded_at)
            VALUES (@kind, @subject, @min_version, @until, @now)
            """] = (Work work, Values values, long _, out Work? waitsFor) =>
        {
            waitsFor = null;
            Log(work, values.Of<string>("kind"), values.Of<string>("subject"), values.Of<int>("min_version"), values.Of<DateTimeOffset>("until"));
            return new Answer([], 1);
        };
        _statements["SELECT until FROM cancela_revocations WHERE subject = @session AND kind = 'session' LIMIT 1"] = HoldsSession;
        // All cursors are of one era.
        _statements[$"""
            SELECT kind, subject, CAST(max(min_version) AS bigint), max(until) FROM cancela_revocations
            WHERE (subject = @session AND kind = 'session')
               OR (subject = @account AND kind = 'account' AND min_version > @version)
               OR (subject = @key AND kind = 'key')
            GROUP BY kind, subject
            UNION ALL
            SELECT 'era', {Cursor.Era}, 0, NULL
            """] = Ask;
        _statements["""
            DELETE FROM cancela_revocations WHERE until < @before AND position IN
                (SELECT position FROM cancela_revocations WHERE until < @before ORDER BY until LIMIT 1000)
            """] = SweepLog;
    }

    private void Log(Work work, string kind, string subject, int minVersion, DateTimeOffset until)
    {
        Number(work);
        var row = new StoredRevocation(work, kind, subject, minVersion, until, _world.Now);
        _log.Add(row);
        work.Enlist(commit =>
        {
            LastLogged = _world.Now;
            if (commit is { } number)
            {
                row.Commit = number;
                _recordedAt.TryAdd(subject, row.RecordedAt);
            }
            else
            {
                _log.Remove(row);
            }
        });
    }

    /// <summary>When it was first written that a session had ended, whether or not the row is still there.</summary>
    public long RecordedAt(Guid? session) => session is { } id && _recordedAt.TryGetValue(id.ToString(), out var at) ? at : long.MaxValue;

    /// <summary>Whether it was for this caller that an account was moved on to a version.</summary>
    public bool MovedOn(Guid account, int version, Errand by) => Wrote("account", account, version, by);

    /// <summary>Whether it was for this caller that a session was ended.</summary>
    public bool Ended(Guid session, Errand by) => Wrote("session", session, 0, by);

    private bool Wrote(string kind, Guid subject, int version, Errand by)
    {
        var text = subject.ToString();
        return _log.Exists(row => row.Kind == kind && row.Subject == text && row.MinVersion == version && row.Writer.Backend.Errand == by);
    }

    private Answer ReadLog(Work work, Values values, long snapshot, bool toXmax, out Work? waitsFor)
    {
        waitsFor = null;
        // pg_current_snapshot(): everything from xmax on is not seen, and what is below and open is listed.
        var xmax = _latestCompleted + 1;
        var open = string.Join(',', _open.TakeWhile(number => number < xmax));
        var wasOpen = values.Of<string>("open");
        HashSet<long> again = wasOpen.Length == 0 ? [] : [.. wasOpen.Split(',').Select(static text => long.Parse(text, CultureInfo.InvariantCulture))];
        var from = values.Of<long>("next");
        var next = toXmax || xmax < from ? xmax
            : Math.Max(from, _log.Where(row => row.IsSeenBy(work, snapshot) && row.Position < xmax).Select(static row => row.Position + 1).DefaultIfEmpty(0).Max());
        return Found(work, snapshot, open, next, row => row.Position >= from || again.Contains(row.Position));
    }

    private Answer ReadLogNaively(Work work, Values values, long snapshot, out Work? waitsFor)
    {
        waitsFor = null;
        var seen = _log.Where(row => row.IsSeenBy(work, snapshot)).ToList();
        var next = Math.Max(values.Of<long>("next"), seen.Count == 0 ? 1 : seen.Max(static row => row.Position) + 1);
        return Found(work, snapshot, "", next, row => row.Position >= values.Of<long>("next"));
    }

    private Answer Found(Work work, long snapshot, string open, long next, Func<StoredRevocation, bool> wanted)
    {
        List<object?[]> rows = [["here", open, next, null]];
        foreach (var row in _log)
            if (row.IsSeenBy(work, snapshot) && wanted(row)) rows.Add([row.Kind, row.Subject, (long)row.MinVersion, row.Until]);
        return new Answer(rows, 0);
    }

    private Answer HoldsSession(Work work, Values values, long snapshot, out Work? waitsFor)
    {
        waitsFor = null;
        var subject = values.Of<string>("session");
        return _log.Find(row => row.Kind == "session" && row.Subject == subject && row.IsSeenBy(work, snapshot)) is { } held
            ? new Answer([[held.Until]], 0)
            : Answer.Nothing;
    }

    private Answer Ask(Work work, Values values, long snapshot, out Work? waitsFor)
    {
        waitsFor = null;
        var found = _log.Where(row => row.IsSeenBy(work, snapshot) && row.Kind switch
        {
            "session" => row.Subject == values.Of<string>("session"),
            "account" => row.Subject == values.Of<string>("account") && row.MinVersion > values.Of<int>("version"),
            _ => row.Subject == values.Of<string>("key"),
        });
        return new Answer([.. found.GroupBy(static row => (row.Kind, row.Subject)).Select(static all => (object?[])[all.Key.Kind, all.Key.Subject, (long)all.Max(static row => row.MinVersion), all.Max(static row => row.Until)])], 0);
    }

    private Answer SweepLog(Work work, Values values, long snapshot, out Work? waitsFor)
    {
        waitsFor = null;
        var before = values.Of<DateTimeOffset>("before");
        return new Answer([], _log.RemoveAll(row => row.Until < before && row.Commit <= snapshot));
    }
}
