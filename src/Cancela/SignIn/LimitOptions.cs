namespace Cancela.SignIn;

/// <summary>How often somebody may try. Section <c>Cancela:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>
    /// Requests a minute from one network (an IPv4 address, an IPv6 /64) to register, login, token, refresh and what changes an account, whatever
    /// came of them; more get 429. Default 600; 0 = off.
    /// </summary>
    public int PerNetwork { get; set; } = 600;

    /// <summary>
    /// Failed attempts for one address, known or not, summed over login and token, before each further one is delayed (by
    /// 200 ms more each, at most 2 s); by twice as many, 429, also for the right password. Successes are never counted, and
    /// one forgets the failures before it. Default 10, at least 1.
    /// </summary>
    public int FailuresPerAccount { get; set; } = 10;

    /// <summary>How long after the last failed attempt they are all forgotten. Default 15 minutes, 1 minute to 1 day.</summary>
    public TimeSpan Lockout { get; set; } = TimeSpan.FromMinutes(15);

    internal IEnumerable<string> Faults()
    {
        if (PerNetwork < 0) yield return "Cancela:Limits:PerNetwork must be 0 (off) or more.";
        if (FailuresPerAccount < 1) yield return "Cancela:Limits:FailuresPerAccount must be at least 1.";
        if (Lockout < TimeSpan.FromMinutes(1) || Lockout > TimeSpan.FromDays(1)) yield return "Cancela:Limits:Lockout must be 1 minute to 1 day.";
    }
}
