using Cancela.Accounts;
using Cancela.Revocation;

namespace Cancela.Tests.Simulation;

/// <summary>
/// What happens to one deployment in some seconds, or in an hour: callers, administrators, operators, and everything that
/// breaks. It follows from its seed, to the last step.
/// </summary>
internal sealed partial class History
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan SettlingStep = TimeSpan.FromMilliseconds(20);

    private readonly World _world;
    private readonly Settings _settings;
    private readonly Server _server;
    private readonly SharedMemory _memory;
    private readonly Oracle _oracle;
    private readonly SimulatedNode[] _nodes;
    private readonly List<Client> _clients = [];
    private readonly Guid[] _accounts = new Guid[3];
    private readonly HashSet<Guid> _touchedAccounts = [];
    private bool _wallJumped;
    private bool _keyTouched;

    private History(ulong seed, Planted planted, List<string>? trace)
    {
        _world = new World(seed, trace);
        _settings = new Settings(_world, planted);
        _server = new Server(_world, planted);
        _memory = new SharedMemory(_world);
        _oracle = new Oracle(_world, _settings.Revocation.MaxStaleness);
        for (var i = 0; i < _accounts.Length; i++)
        {
            _accounts[i] = _world.Dice.NextGuid();
            _server.Add(new StoredAccount(_accounts[i], $"somebody{i}@example.org", Roles.User, AccountRow.Text(AccountStatus.Active), 1, World.Start.AddDays(-100)));
        }
        _nodes = [.. Enumerable.Range(0, _settings.Nodes).Select(number => Boot(number, new Lines(new Line(_world), new Line(_world, _settings.OnlyCopies)), TimeSpan.Zero))];
    }

    /// <summary>Runs the history of a seed.</summary>
    public static Outcome Run(ulong seed, Planted planted = Planted.None, List<string>? trace = null)
    {
        var outer = SynchronizationContext.Current;
        try
        {
            return new History(seed, planted, trace).Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private Outcome Run()
    {
        foreach (var node in _nodes) node.Start();
        _world.Run(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < 3; i++) SignIn();
        // Many short ones meet more of what can be set, and some long ones more of what follows from what.
        var events = _world.Chance(10) ? 50 + _world.Dice.Below(100) : 10 + _world.Dice.Below(25);
        for (var i = 0; i < events && _oracle.Violation is null; i++)
        {
            _world.Run(TimeSpan.FromTicks(_world.Between(TimeSpan.FromMilliseconds(0.2), TimeSpan.FromMilliseconds(600))));
            Happen();
        }
        if (_oracle.Violation is null) Settle();
        if (_world.Leaked) _oracle.Violate("a continuation came from another thread: nothing here is deterministic");
        return new Outcome(_oracle.Violation, _world.Hash, _world.Step, _oracle.Checks);
    }

    private void Happen()
    {
        switch (_world.Dice.Below(100))
        {
            case < 7: SignIn(); break;
            case < 37: Show(); break;
            case < 52: Refresh(); break;
            case < 57: Crowd(); break;
            case < 66: Ending(); break;
            case < 72: AccountChange(); break;
            case < 74: Key(); break;
            case < 76: Sweep(); break;
            case < 80: Cut(); break;
            case < 84: Pause(); break;
            case < 87: Restart(); break;
            case < 88: Slow(); break;
            case < 91: Crash(); break;
            case < 93: JumpWall(); break;
            case < 94: Suspend(); break;
            default: Mend(); break;
        }
    }

    private SimulatedNode AnyNode() => _nodes[_world.Dice.Below(_nodes.Length)];

    private SimulatedNode Boot(int number, Lines lines, TimeSpan offset)
    {
        var node = new SimulatedNode(number, _world, _server, _memory, _settings, lines, offset);
        node.Log.Recorded += () =>
        {
            foreach (var other in Enumerable.Range(0, _settings.Nodes).Where(other => other != number && !_world.Chance(20)))
                _world.After(_world.Between(TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(_world.Chance(5) ? 5_000 : 3)), () => _nodes[other].Context.Post(_ => _nodes[other].Ring(), null));
        };
        return node;
    }

    private void Cut()
    {
        var node = AnyNode();
        var line = _world.Chance(70) ? node.Lines.ToDatabase : node.Lines.ToMemory;
        line.Cut();
        _world.Note(line == node.Lines.ToDatabase ? "cut off from the database" : "cut off from the shared memory", node.Number);
        _world.After(_world.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(12)), line.Heal);
    }

    // In the middle of anything: what waits for it waits, and its clocks go on.
    private void Pause()
    {
        var node = AnyNode();
        node.Context.Pause();
        _world.Note("paused", node.Number);
        _world.After(_world.Between(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(8)), () =>
        {
            _world.Note("resumed", node.Number);
            node.Context.Resume();
        });
    }

    private void Restart()
    {
        var old = AnyNode();
        old.Context.Kill();
        _world.Note("killed", old.Number);
        var next = _nodes[old.Number] = Boot(old.Number, old.Lines, old.Clock.Offset);
        _world.After(_world.Between(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2)), next.Start);
    }

    private void Slow()
    {
        if (_world.Chance(50))
        {
            _server.IsSlow = !_server.IsSlow;
            _world.Note(_server.IsSlow ? "the disk is slow" : "the disk is fast again");
            return;
        }
        var node = AnyNode();
        node.Lines.ToDatabase.IsSlow = true;
        _world.Note("slow line to the database", node.Number);
    }

    private void Crash()
    {
        if (_settings.OnlyCopies) return;
        _server.RollBack();
        _world.After(_world.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(400)), () =>
        {
            _world.Note("the database crashes");
            _server.Crash();
        });
    }

    private static readonly TimeSpan MostOffset = TimeSpan.FromMinutes(29);

    private void JumpWall()
    {
        if (_settings.OnlyCopies) return;
        _wallJumped = true;
        var node = AnyNode();
        var by = TimeSpan.FromMilliseconds(_world.Dice.Below(2_000) * (_world.Chance(30) ? 3_600 : 5));
        // Two clocks that differ by less than the margin with which rows are swept: the documents say that more is beyond the promise.
        var offset = node.Clock.Offset + (_world.Chance(50) ? by : -by);
        node.Clock.Offset = TimeSpan.FromTicks(Math.Clamp(offset.Ticks, -MostOffset.Ticks, MostOffset.Ticks));
        _world.Note("its wall clock was set", node.Number, more: node.Clock.Offset.Ticks);
    }

    // All machines at once, as when a host is suspended: clocks count, nothing runs.
    private void Suspend()
    {
        var machines = _nodes.Select(static node => node.Context).ToList();
        machines.ForEach(static machine => machine.Pause());
        _world.Note("all machines are suspended");
        _world.Run(TimeSpan.FromMinutes(_world.Chance(50) ? 1 + _world.Dice.Below(10) : 15 + _world.Dice.Below(60)));
        _world.Note("all machines go on");
        machines.ForEach(static machine => machine.Resume());
    }

    private void Mend()
    {
        if (_world.Chance(20) && !_settings.OnlyCopies) _memory.Empty();
        _server.IsSlow = false;
        foreach (var node in _nodes)
        {
            node.Lines.ToDatabase.Heal();
            node.Lines.ToMemory.Heal();
            if (_world.Chance(50)) node.Clock.Offset = TimeSpan.Zero;
        }
        _world.Note("mended");
    }

    // Everything is mended, what was under way has ended, and everybody has read the log since: now everybody is to be served again.
    private void Settle()
    {
        _server.Settle();
        foreach (var node in _nodes)
        {
            node.Lines.ToDatabase.Settle();
            node.Lines.ToMemory.Settle();
            node.Clock.Offset = TimeSpan.Zero;
            while (node.Context.IsPaused) node.Context.Resume();
        }
        _world.Note("all is mended for good");
        RunUntil(IsQuiet);
        var reads = _nodes.Select(static node => node.Reads).ToArray();
        // The second one began after that.
        RunUntil(() => _nodes.All(node => node.Reads >= reads[node.Number] + 2));
        foreach (var node in _nodes)
        {
            _oracle.Expect(node.IsReady && node.Staleness.IsConfirmed, $"node {node.Number} does not hear the log again");
            foreach (var revoked in _oracle.All) Remembered(node, revoked);
        }
        if (_settings.OnlyCopies) return;
        foreach (var node in _nodes)
            foreach (var client in _clients) LastLook(node, client);
        RunUntil(IsQuiet);
        _oracle.Expect(IsQuiet(), "somebody who asked when all was mended was never answered");
    }

    // What a connection that hangs may take, and T.
    private void RunUntil(Func<bool> enough)
    {
        var left = Settling;
        do
        {
            _world.Run(SettlingStep);
            left -= SettlingStep;
        }
        while (left > TimeSpan.Zero && !enough());
    }

    private bool IsQuiet() => !_server.IsCommitting && _nodes.All(static node => node.Errands == 0);

    // Entries leave when nothing that they cover is alive; within an hour none of this history's does that by itself.
    private void Remembered(SimulatedNode node, Revoked revoked)
    {
        // Who ends again what was ended long ago adds nothing to the log; and whose machine stood still for an hour between
        // reckoning the end and committing it is beyond what is promised.
        var longAgo = _world.Now - TimeSpan.FromMinutes(10).Ticks;
        if (_settings.OnlyCopies || revoked.Begun < longAgo || _server.RecordedAt(revoked.SessionId) < longAgo) return;
        var version = revoked.AccountId is null ? Revocations.AnyVersion : revoked.MinVersion - 1;
        var verdict = node.Set.Find(revoked.SessionId ?? Guid.Empty, revoked.AccountId ?? revoked.Owner ?? Guid.Empty, version, revoked.KeyId);
        _oracle.Expect(verdict != RevocationVerdict.Counts, $"node {node.Number} does not know what was acknowledged: {revoked.Kind} #{revoked.Label}");
    }
}

/// <summary>What came of a history.</summary>
/// <param name="Violation">What should not have happened, or null.</param>
/// <param name="Hash">Of all that happened.</param>
/// <param name="Events">How many steps it took.</param>
/// <param name="Checks">How many answers were judged.</param>
internal sealed record Outcome(string? Violation, ulong Hash, long Events, long Checks);
