namespace Cancela.Exchange;

/// <summary>The time in which former credentials count. It ends by the clock, without a restart.</summary>
internal sealed class Window(FormerOptions former, TimeProvider clock)
{
    /// <summary>When it ends.</summary>
    public DateTimeOffset End => former.Until ?? DateTimeOffset.MinValue;

    public bool IsOpen => former.Until is { } end && clock.GetUtcNow() < end;
}
