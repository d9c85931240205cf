namespace Cancela.Tests.Simulation;

/// <summary>
/// Where one process's code runs: what awaited goes on here. A process that is paused goes on later, between any two
/// steps of its code; one that was killed never does.
/// </summary>
internal sealed class NodeContext(World world) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _held = new();
    private int _pauses;

    public bool IsPaused => _pauses > 0;

    public bool IsDead { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IsDead) world.Post(this, d, state);
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits for another in a simulation.");

    public override SynchronizationContext CreateCopy() => this;

    public void Start(Func<Task> work) => Post(_ => work(), null);

    /// <summary>Several pauses may overlap: it goes on after the last of them.</summary>
    public void Pause() => _pauses++;

    public void Resume()
    {
        if (_pauses == 0 || --_pauses > 0) return;
        while (_held.TryDequeue(out var job)) Post(job.Callback, job.State);
    }

    public void Kill() => IsDead = true;

    public void Run(SendOrPostCallback callback, object? state)
    {
        if (IsDead) return;
        if (IsPaused)
        {
            _held.Enqueue((callback, state));
            return;
        }
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
