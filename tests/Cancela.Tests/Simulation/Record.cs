namespace Cancela.Tests.Simulation;

/// <summary>A row in all its versions, as MVCC keeps them: who reads sees what was committed before their statement began.</summary>
internal sealed class Record<T> where T : class
{
    private readonly List<(long Commit, T? Value)> _versions = [];
    private Work? _owner;
    private T? _pending;

    /// <summary>As it was committed last.</summary>
    public T? Latest => _versions.Count == 0 ? null : _versions[^1].Value;

    /// <summary>As a transaction sees it in a statement that began after so many commits.</summary>
    public T? SeenBy(Work work, long snapshot)
    {
        if (_owner == work) return _pending;
        for (var i = _versions.Count - 1; i >= 0; i--)
            if (_versions[i].Commit <= snapshot) return _versions[i].Value;
        return null;
    }

    /// <summary>As it is for who holds it.</summary>
    public T? Held => _pending;

    /// <summary>Takes the row's lock until the transaction ends. Returns who has it instead, or null.</summary>
    public Work? Take(Work work)
    {
        if (_owner == work) return null;
        if (_owner is not null) return _owner;
        _owner = work;
        _pending = Latest;
        work.Enlist(commit =>
        {
            if (commit is { } number && !ReferenceEquals(_pending, Latest)) _versions.Add((number, _pending));
            _owner = null;
            _pending = null;
        });
        return null;
    }

    /// <summary>Writes what is taken. Null deletes.</summary>
    public void Write(T? value) => _pending = value;
}

/// <summary>A transaction at the server.</summary>
internal sealed class Work(Backend backend)
{
    private readonly List<Action<long?>> _ends = [];

    /// <summary>Handed out at the first write; 0 before.</summary>
    public long Number { get; set; }

    public Backend Backend { get; } = backend;

    public bool IsCommitting { get; set; }

    public bool IsOver { get; private set; }

    /// <summary>Who waits for it to end.</summary>
    public List<Action> Waiting { get; } = [];

    public void Enlist(Action<long?> end) => _ends.Add(end);

    /// <param name="commit">The number of the commit, or null.</param>
    public void End(long? commit)
    {
        IsOver = true;
        foreach (var end in _ends) end(commit);
    }
}

/// <summary>The server's end of one connection.</summary>
/// <param name="errand">For whom, where a caller is.</param>
internal sealed class Backend(Errand? errand = null)
{
    public Errand? Errand => errand;

    public bool InTransaction { get; set; }

    public Work? Work { get; set; }

    public Work? WaitsFor { get; set; }

    public bool IsClosed { get; set; }
}
