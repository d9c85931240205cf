using Cancela.Tests.Revocation;

namespace Cancela.Tests.Simulation;

/// <summary>
/// Time, chance and order. Everything that happens in a history happens here, on one thread, one step after the other: the
/// continuations of the nodes' code in the order in which they were posted, and when none is left, the next event.
/// </summary>
internal sealed class World(ulong seed, List<string>? trace)
{
    private readonly PriorityQueue<Action, (long Time, long Order)> _events = new();
    private readonly Queue<(NodeContext Context, SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;
    private ulong _hash = 14695981039346656037;

    public static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public Dice Dice { get; } = new(seed);

    /// <summary>Ticks since the beginning. It is nobody's clock.</summary>
    public long Now { get; private set; }

    /// <summary>How many steps were taken: what came first, where the time is the same.</summary>
    public long Step { get; private set; }

    /// <summary>What happened, in one number: two runs of one seed have the same.</summary>
    public ulong Hash => _hash;

    /// <summary>True when a continuation came from a thread that is not the history's: then nothing here can be believed.</summary>
    public bool Leaked { get; private set; }

    public bool Chance(int percent) => Dice.Below(100) < percent;

    /// <summary>From one span to another, the short ones more often.</summary>
    public long Between(TimeSpan least, TimeSpan most)
    {
        var share = Dice.Below(1_000) * (long)Dice.Below(1_000);
        return least.Ticks + (long)((most - least).Ticks / 1e6 * share);
    }

    public void After(long ticks, Action action) => _events.Enqueue(action, (Now + Math.Max(0, ticks), _order++));

    public void After(TimeSpan span, Action action) => After(span.Ticks, action);

    public void Post(NodeContext context, SendOrPostCallback callback, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread) Leaked = true;
        else _ready.Enqueue((context, callback, state));
    }

    /// <summary>Everything that is due until then.</summary>
    public void Run(TimeSpan span)
    {
        var until = Now + span.Ticks;
        while (true)
        {
            Drain();
            if (!_events.TryPeek(out var action, out var due) || due.Time > until) break;
            _events.Dequeue();
            Now = Math.Max(Now, due.Time);
            Step++;
            action();
        }
        Now = until;
    }

    /// <summary>A line of the trace.</summary>
    public void Note(string what, int node = -1, int subject = -1, long more = long.MinValue)
    {
        foreach (var letter in what) Mix(letter);
        Mix((ulong)Now);
        Mix((ulong)node);
        Mix((ulong)subject);
        Mix((ulong)more);
        trace?.Add(
            $"{Now / (double)TimeSpan.TicksPerSecond,12:F6} s  {(node < 0 ? "        " : $"node {node}  ")}{what}"
            + $"{(subject < 0 ? "" : $" #{subject}")}{(more == long.MinValue ? "" : $" ({more})")}");
    }

    private void Mix(ulong value) => _hash = (_hash ^ value) * 1099511628211;

    private void Drain()
    {
        while (_ready.TryDequeue(out var job))
        {
            Step++;
            job.Context.Run(job.Callback, job.State);
        }
    }
}
