namespace Cancela.Strategies;

/// <summary>How long a sign-in lives, and how many an account may have. Section <c>Cancela:Session</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>
    /// How long a session of <c>session</c> lives without a request; a request in the second half moves the end. Default 7 days,
    /// 1 minute to 400 days (RFC 6265bis caps a cookie's age there).
    /// </summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// When a sign-in of <c>session</c> or <c>refresh-rotation</c> ends however active it is. Default 30 days; 0 = never. NIST SP 800-63B asks for an
    /// end at AAL1 after at most 30 days.
    /// </summary>
    public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromDays(30);

    internal const int MostPerAccount = 1_000;

    /// <summary>How many sign-ins an account may have at once: one more ends the oldest. Default 0 = as many as fit, which is 1,000.</summary>
    public int MaxPerAccount { get; set; }

    /// <summary>
    /// How long a node may answer from its memory before it reads a session's row again. Default 1 minute, 1 second to
    /// 1 hour. Revocation does not wait for it: the revocation set is asked on every request.
    /// </summary>
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many sessions a node keeps in memory (about 1 KiB each). Default 100,000. Who was not asked for longest leaves.</summary>
    public int CacheEntries { get; set; } = 100_000;

    /// <summary>How many bytes of memory they may take together, whatever their number. Default 134,217,728 (128 MiB), at least 65,536.</summary>
    public long CacheBytes { get; set; } = 128 << 20;

    internal const int LeastCacheBytes = 65_536;

    internal DateTimeOffset AbsoluteEnd(DateTimeOffset authenticatedAt) =>
        AbsoluteLifetime == TimeSpan.Zero ? DateTimeOffset.MaxValue : authenticatedAt + AbsoluteLifetime;

    internal IEnumerable<string> Faults()
    {
        if (Lifetime < TimeSpan.FromMinutes(1) || Lifetime > TimeSpan.FromDays(400)) yield return "Cancela:Session:Lifetime must be 1 minute to 400 days.";
        if (AbsoluteLifetime != TimeSpan.Zero && AbsoluteLifetime < Lifetime) yield return "Cancela:Session:AbsoluteLifetime must be 0 (none) or at least Cancela:Session:Lifetime.";
        if (MaxPerAccount is < 0 or > MostPerAccount) yield return "Cancela:Session:MaxPerAccount must be 0 (as many as fit) to 1000.";
        if (CacheLifetime < TimeSpan.FromSeconds(1) || CacheLifetime > TimeSpan.FromHours(1)) yield return "Cancela:Session:CacheLifetime must be 1 second to 1 hour.";
        if (CacheEntries < 1) yield return "Cancela:Session:CacheEntries must be at least 1.";
        if (CacheBytes < LeastCacheBytes) yield return "Cancela:Session:CacheBytes must be at least 65536.";
    }
}
