namespace Cancela.Revocation;

/// <summary>One point in time as both clocks show it.</summary>
internal sealed record Moment(long Timestamp, DateTimeOffset Wall)
{
    public static Moment Of(TimeProvider clock) => new(clock.GetTimestamp(), clock.GetUtcNow());
}
