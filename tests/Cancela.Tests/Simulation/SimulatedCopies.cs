using Cancela.Caching;
using Cancela.Strategies.Sessions;

namespace Cancela.Tests.Simulation;

/// <summary>The memory that the nodes share: what stands in each place, and until when.</summary>
internal sealed class SharedMemory(World world)
{
    private readonly Dictionary<Digest, (byte[] Value, long Until)> _places = [];

    public byte[]? Get(Digest place) => _places.TryGetValue(place, out var found) && found.Until > world.Now ? found.Value : null;

    public void Set(Digest place, byte[] value, TimeSpan lifetime) => _places[place] = (value, world.Now + lifetime.Ticks);

    /// <summary>Everything in it is forgotten, as by a restart.</summary>
    public void Empty() => _places.Clear();
}

/// <summary>One node's way to the shared copies. Nothing takes it longer than a deadline; what was sent may be done later all the same.</summary>
internal sealed class SimulatedCopies(World world, SharedMemory memory, Line line, TimeProvider clock, Planted planted) : ISessionCopies
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(50);
    private static readonly byte[] Withdrawn = [2];

    public async ValueTask<CopyReading> FindAsync(Digest session)
    {
        CopyReading found = CopyReading.Closed.Instance;
        var answered = await AskAsync(() => found = memory.Get(session) switch
        {
            null => CopyReading.Vacant.Instance,
            [>= CopyFormat.LowestFormat, ..] copy => new CopyReading.Found(copy),
            _ => CopyReading.Closed.Instance,
        });
        return answered ? found : CopyReading.Closed.Instance;
    }

    public async ValueTask<CopyLease?> LeaseAsync(Digest session, byte[]? instead)
    {
        byte[] token = [1, .. BitConverter.GetBytes(world.Dice.Next())];
        if (planted == Planted.CopiesWithoutLease) return new CopyLease(token);
        var taken = false;
        var answered = await AskAsync(() =>
        {
            var there = memory.Get(session);
            if (instead is null ? there is not null : there is null || !there.AsSpan().SequenceEqual(instead)) return;
            memory.Set(session, token, CopyLifetimes.Lease);
            taken = true;
        });
        return answered && taken ? new CopyLease(token) : null;
    }

    public async ValueTask PutAsync(Digest session, CopyLease lease, byte[] copy, TimeSpan lifetime)
    {
        // It is told what was judged a moment ago: on that the answer rests, however long this takes.
        Errand.Current?.Decide();
        await AskAsync(() =>
        {
            if (planted == Planted.CopiesWithoutLease || memory.Get(session).AsSpan().SequenceEqual(lease.Token)) memory.Set(session, copy, lifetime);
        });
    }

    public async ValueTask WithdrawAsync(Digest session) => await AskAsync(() =>
    {
        if (planted == Planted.CopiesWithoutLease) memory.Set(session, Withdrawn, TimeSpan.Zero);
        else memory.Set(session, Withdrawn, CopyLifetimes.Withdrawal);
    });

    private async Task<bool> AskAsync(Action work)
    {
        var answered = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var deadline = clock.CreateTimer(_ => answered.TrySetResult(false), null, Deadline, Timeout.InfiniteTimeSpan);
        line.Carry(() =>
        {
            work();
            line.Carry(() => answered.TrySetResult(true));
        });
        return await answered.Task;
    }
}
