namespace Cancela.Tests.Simulation;

/// <summary>What a caller wants of a node, and when the last thing was learned that the answer rests on.</summary>
internal sealed class Errand(World world)
{
    private static readonly AsyncLocal<Errand?> Running = new();

    public static Errand? Current => Running.Value;

    public long StartedAt { get; } = world.Now;

    /// <summary>When the database last looked for it.</summary>
    public Instant Learned { get; private set; } = new(world.Now, world.Step);

    /// <summary>Whether that was the question whether the credential was revoked.</summary>
    public bool Asked { get; private set; }

    /// <summary>When it was judged, where something was still waited for after that.</summary>
    public Instant? Decided { get; private set; }

    /// <summary>Now.</summary>
    public Instant Now => new(world.Now, world.Step);

    public static Errand Begin(World world) => Running.Value = new Errand(world);

    public void Learn(bool asked)
    {
        Learned = Now;
        Asked = asked;
        Decided = null;
    }

    public void Decide() => Decided = Asked ? Learned : Now;
}

/// <summary>A time, and which step of those that were taken at that time.</summary>
internal readonly record struct Instant(long At, long Step);
