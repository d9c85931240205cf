namespace Cancela.Strategies.Sessions;

/// <summary>
/// How long what the nodes share of a session can be read. Constants: whoever ends a session counts on them, whatever the
/// settings of the nodes that put copies of it.
/// </summary>
internal static class CopyLifetimes
{
    /// <summary>A copy, at most. It does not outlive the session's own end either.</summary>
    public static readonly TimeSpan Copy = TimeSpan.FromMinutes(10);

    /// <summary>A lease: longer than a read of the row takes, short enough that one whose owner died keeps nobody for long.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A withdrawal. It has done its work when it took the lease's place, for no lease is taken twice; while it stands, nobody
    /// takes another one. Twice the life of a lease: nothing that was under way when it came is still under way when it goes.
    /// </summary>
    public static readonly TimeSpan Withdrawal = Lease * 2;

    /// <summary>
    /// From the reading of a row to the last moment at which a copy of it can be found: the lease may have stood for its
    /// whole life when the copy was put. (The copy says itself when its row was read, and is not used beyond
    /// <see cref="Copy"/>: the clock of the machine that keeps it decides nothing.)
    /// </summary>
    public static readonly TimeSpan Longest = Lease + Copy;
}
