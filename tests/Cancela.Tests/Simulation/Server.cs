namespace Cancela.Tests.Simulation;

/// <summary>
/// The database server: PostgreSQL's READ COMMITTED, as far as the library leans on it. Each statement sees what was committed
/// when it began; who wants a locked row waits for its owner's end and looks at the row again. Numbers of transactions
/// are handed out at the first write, and commits come in any order.
/// </summary>
internal sealed partial class Server
{
    private static readonly TimeSpan DeadlockTimeout = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly Planted _planted;
    private readonly Dictionary<string, Handler> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Record<StoredSession>> _sessions = [];
    private readonly Dictionary<Guid, Record<StoredAccount>> _accounts = [];
    private readonly List<StoredRevocation> _log = [];
    private readonly SortedSet<long> _open = [];
    private readonly List<Work> _works = [];
    private readonly HashSet<Guid> _ranOut = [];
    private readonly Dictionary<string, long> _recordedAt = new(StringComparer.Ordinal);
    private long _nextNumber = 1;
    private long _latestCompleted;
    private long _durable;
    private long _commits;
    private bool _isSettled;

    private delegate Answer Handler(Work work, Values values, long snapshot, out Work? waitsFor);

    public Server(World world, Planted planted)
    {
        (_world, _planted) = (world, planted);
        KnowLog();
        KnowSessions();
        KnowAccounts();
    }

    /// <summary>Commits that take long: the disk is slow.</summary>
    public bool IsSlow { get; set; }

    /// <summary>When something was last written into the log.</summary>
    public long LastLogged { get; private set; } = -TimeSpan.TicksPerHour;

    /// <summary>Whether something is being committed.</summary>
    public bool IsCommitting => _works.Exists(static work => work.IsCommitting);

    /// <summary>From now on no commit takes long, and it is not killed any more.</summary>
    public void Settle() => _isSettled = true;

    public void Add(StoredAccount account)
    {
        var work = new Work(new Backend());
        var record = _accounts[account.Id] = new Record<StoredAccount>();
        record.Take(work);
        record.Write(account);
        work.End(0);
    }

    /// <summary>Whether a session's row was swept as one that had run out: nobody can end it any more.</summary>
    public bool RanOut(Guid id) => _ranOut.Contains(id);

    public StoredSession? Session(Guid id) => _sessions.GetValueOrDefault(id)?.Latest;

    /// <summary>Runs a statement, or <see cref="Commit"/> or <see cref="Rollback"/>, and says when it is done.</summary>
    public void Execute(Backend backend, string text, Values values, Action<Answer?, Fault?> done)
    {
        if (backend.IsClosed) return;
        if (text == Rollback || text == Commit)
        {
            Finish(backend, text == Commit, () => done(Answer.Nothing, null));
            return;
        }
        if (!_statements.TryGetValue(text, out var handler))
            throw new InvalidOperationException($"The simulated server does not know this statement. Teach it what changed:\n{text}");
        if (backend.Work is null) _works.Add(backend.Work = new Work(backend));
        var work = backend.Work;
        Attempt(backend, work, handler, values, _commits, done);
    }

    public const string Commit = "COMMIT";
    public const string Rollback = "ROLLBACK";

    /// <summary>The connection is gone. What was being committed is committed all the same.</summary>
    public void Close(Backend backend)
    {
        backend.IsClosed = true;
        if (backend.Work is { IsCommitting: false } work) End(work, false);
    }

    /// <summary>Somebody's transaction takes a number and is rolled back.</summary>
    public void RollBack() => _latestCompleted = Math.Max(_latestCompleted, _nextNumber++);

    /// <summary>
    /// It is killed, and back. What was being committed is on the disk or not; all else that was open is gone, and so may be the
    /// memory of its numbers: they are handed out again.
    /// </summary>
    public void Crash()
    {
        if (_isSettled) return;
        foreach (var work in _works.ToList())
        {
            work.Backend.IsClosed = true;
            End(work, work.IsCommitting && _world.Chance(50));
        }
        if (_world.Chance(70)) _nextNumber = _durable + 1;
        _latestCompleted = _nextNumber - 1;
    }

    private void Attempt(Backend backend, Work work, Handler handler, Values values, long snapshot, Action<Answer?, Fault?> done)
    {
        if (backend.IsClosed || work.IsOver) return;
        backend.WaitsFor = null;
        var answer = handler(work, values, snapshot, out var waitsFor);
        if (waitsFor is not null)
        {
            backend.WaitsFor = waitsFor;
            waitsFor.Waiting.Add(() => Attempt(backend, work, handler, values, snapshot, done));
            _world.After(DeadlockTimeout, () => BreakDeadlock(backend, work, done));
        }
        else if (backend.InTransaction)
        {
            done(answer, null);
        }
        else
        {
            Finish(backend, true, () => done(answer, null));
        }
    }

    private void BreakDeadlock(Backend backend, Work work, Action<Answer?, Fault?> done)
    {
        if (backend.IsClosed || work.IsOver || backend.WaitsFor is null) return;
        // Others may wait for each other in a circle that this one only waits for: that is for them to break.
        HashSet<Work> passed = [];
        for (var other = backend.WaitsFor; other is { IsOver: false } && passed.Add(other); other = other.Backend.WaitsFor)
        {
            if (other != work) continue;
            _world.Note("deadlock");
            End(work, false);
            backend.InTransaction = false;
            done(null, new Fault("deadlock detected", isConflict: true));
            return;
        }
    }

    private void Finish(Backend backend, bool commit, Action done)
    {
        var work = backend.Work;
        backend.InTransaction = false;
        if (work is null || work.Number == 0 || !commit)
        {
            if (work is not null) End(work, commit);
            done();
            return;
        }
        work.IsCommitting = true;
        if (_planted == Planted.AcknowledgedBeforeCommit) done();
        _world.After(CommitTime(), () =>
        {
            if (work.IsOver) return;
            End(work, true);
            if (_planted != Planted.AcknowledgedBeforeCommit) done();
        });
    }

    // Most commits take a moment; some take seconds, and others that began later overtake them.
    private long CommitTime() => !_isSettled && _world.Chance(IsSlow ? 60 : 4)
        ? _world.Between(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(4))
        : _world.Between(TimeSpan.FromMicroseconds(50), TimeSpan.FromMilliseconds(2));

    private void End(Work work, bool commit)
    {
        if (work.IsOver) return;
        _works.Remove(work);
        if (commit) _durable = Math.Max(_durable, work.Number);
        work.End(commit ? ++_commits : null);
        if (work.Number > 0)
        {
            _open.Remove(work.Number);
            _latestCompleted = Math.Max(_latestCompleted, work.Number);
        }
        if (work.Backend.Work == work) work.Backend.Work = null;
        foreach (var waiting in work.Waiting) _world.After(0, waiting);
    }

    private void Number(Work work)
    {
        if (work.Number != 0) return;
        work.Number = _nextNumber++;
        _open.Add(work.Number);
    }

    // Takes the rows that a statement found, and gives those that still match when they are held.
    private List<Record<T>> Take<T>(IEnumerable<Record<T>> all, Work work, long snapshot, Func<T, bool> matches, out Work? waitsFor) where T : class
    {
        waitsFor = null;
        List<Record<T>> taken = [];
        foreach (var record in all)
        {
            if (record.SeenBy(work, snapshot) is not { } seen || !matches(seen)) continue;
            waitsFor = record.Take(work);
            if (waitsFor is not null) return [];
            Number(work);
            if (record.Held is { } held && matches(held)) taken.Add(record);
        }
        return taken;
    }

    private IEnumerable<Record<StoredSession>> SessionAt(Guid id) => _sessions.TryGetValue(id, out var record) ? [record] : [];

    private IEnumerable<Record<StoredAccount>> AccountAt(Guid id) => _accounts.TryGetValue(id, out var record) ? [record] : [];
}
