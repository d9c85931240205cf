using Cancela.Caching;

namespace Cancela.Strategies.Sessions;

/// <summary>
/// Copies of sessions that all nodes share, in front of the database: bytes by the hash of the session ID. They save reads
/// and prove nothing, and they may be away, stall, lie or forget at any time: nothing here throws, and nothing takes longer
/// than a deadline.
/// </summary>
/// <remarks>
/// What ended cannot come back, because of leases (Nishtala et al., Scaling Memcache at Facebook, NSDI 2013, section 3.2.1). Whoever
/// finds no copy, or one that is too old to use, takes a lease <em>before</em> it reads the row, and may put a copy only while its own lease still
/// stands. Whoever ends a session withdraws it after the commit: the lease of everybody who read the row before the commit is gone
/// with that, however long they paused. A lease that is taken afterwards belongs to somebody who reads afterwards, and finds no row.
/// </remarks>
internal interface ISessionCopies
{
    /// <summary>What is there. One command.</summary>
    public ValueTask<CopyReading> FindAsync(Digest session);

    /// <summary>
    /// Takes the lease. <see langword="null"/>: something else is there by now (a lease, a copy, a withdrawal), or nobody
    /// answers: the row is read all the same, and no copy is put.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="instead">The copy to replace, as it was found; <see langword="null"/>: nothing was there.</param>
    public ValueTask<CopyLease?> LeaseAsync(Digest session, byte[]? instead);

    /// <summary>Puts a copy, if the lease still stands.</summary>
    /// <param name="session">The session.</param>
    /// <param name="lease">Taken before what is put was read.</param>
    /// <param name="copy">It begins with the number of its format, which is at least <see cref="CopyFormat.LowestFormat"/>.</param>
    /// <param name="lifetime">At most <see cref="CopyLifetimes.Copy"/>.</param>
    public ValueTask PutAsync(Digest session, CopyLease lease, byte[] copy, TimeSpan lifetime);

    /// <summary>
    /// Nothing that was read of the session before this is found or put after it: a mark takes the place of copy and lease.
    /// Said after the commit of what ended or changed the session, and before anybody is told of it.
    /// </summary>
    public ValueTask WithdrawAsync(Digest session);
}
