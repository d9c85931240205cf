namespace Cancela.Strategies;

/// <summary>How long the tokens of <c>refresh-denylist</c> and <c>refresh-rotation</c> live. Section <c>Cancela:Refresh</c>.</summary>
public sealed class RefreshOptions
{
    internal static readonly TimeSpan MostAccessLifetime = TimeSpan.FromDays(1);
    internal static readonly TimeSpan MostLifetime = TimeSpan.FromDays(400);

    /// <summary>
    /// How long an access token lives. Default: 15 minutes for <c>refresh-denylist</c>, 30 minutes for <c>refresh-rotation</c>; 30 seconds to
    /// 1 day, and no longer than <see cref="Lifetime"/>.
    /// </summary>
    public TimeSpan? AccessLifetime { get; set; }

    /// <summary>How long a refresh token lives. Default 7 days, 1 minute to 400 days. <c>refresh-rotation</c> renews it at each use.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// <c>refresh-rotation</c>: how long the last refresh token but one still gets the same successor, so that parallel refreshes of several
    /// tabs converge. Default 10 s, 0 = off, at most 5 minutes.
    /// </summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    internal TimeSpan AccessLifetimeOr(TimeSpan byDefault) => AccessLifetime ?? byDefault;

    internal IEnumerable<string> Faults()
    {
        if (AccessLifetime is { } access && (access < TimeSpan.FromSeconds(30) || access > MostAccessLifetime || access > Lifetime)) 
            yield return "Cancela:Refresh:AccessLifetime must be 30 seconds to 1 day, and at most Cancela:Refresh:Lifetime.";
        if (Lifetime < TimeSpan.FromMinutes(1) || Lifetime > MostLifetime) yield return "Cancela:Refresh:Lifetime must be 1 minute to 400 days.";
        if (Grace < TimeSpan.Zero || Grace > TimeSpan.FromMinutes(5)) yield return "Cancela:Refresh:Grace must be 0 (off) to 5 minutes.";
    }
}
