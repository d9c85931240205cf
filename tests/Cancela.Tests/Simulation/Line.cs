namespace Cancela.Tests.Simulation;

/// <summary>The way between a process and a server, there and back. It delays, it is cut, and what was on it then may be lost.</summary>
internal sealed class Line(World world, bool isReliable = false)
{
    private readonly List<Action> _held = [];
    private bool _isReliable = isReliable;

    public bool IsCut { get; private set; }

    public bool IsSlow { get; set; }

    /// <summary>What is sent arrives, some time, or never.</summary>
    public void Carry(Action arrive)
    {
        if (IsCut) _held.Add(arrive);
        else world.After(Delay(), arrive);
    }

    public void Cut() => IsCut = !_isReliable;

    public void Heal()
    {
        IsCut = false;
        IsSlow = false;
        // Some is sent again, some is given up.
        foreach (var arrive in _held)
            if (world.Chance(50)) Carry(arrive);
        _held.Clear();
    }

    /// <summary>From now on nothing is lost and nothing is late.</summary>
    public void Settle()
    {
        Heal();
        _isReliable = true;
    }

    private long Delay() => !_isReliable && world.Chance(IsSlow ? 60 : 2)
        ? world.Between(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(3))
        : world.Between(TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(2));
}
