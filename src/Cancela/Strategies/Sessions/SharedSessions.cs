using Cancela.Caching;

namespace Cancela.Strategies.Sessions;

/// <summary>Sessions as the nodes share them, where they share them: asked before the database, and told what was read there.</summary>
/// <remarks>What is found is data like what a node remembers: the revocation set is asked about it, on every request, after this.</remarks>
internal sealed class SharedSessions(CopyFormat format, TimeProvider clock, ISessionCopies? copies = null)
{
    /// <summary>Whether there is anything to share with.</summary>
    public bool Exist => copies is not null;

    /// <summary>What is there.</summary>
    public ValueTask<CopyReading> FindAsync(Digest session) => copies?.FindAsync(session) ?? new(CopyReading.Closed.Instance);

    /// <summary>What was found, if it can be used.</summary>
    public SessionCopy? CopyIn(Digest session, CopyReading found) =>
        found is CopyReading.Found(var bytes) && format.Read(session, bytes) is { } copy && copy.IsUsable(clock.GetUtcNow()) ? copy : null;

    /// <summary>Takes the lease in the place of what was found, before the row is read. <see langword="null"/>: nothing will be put.</summary>
    public ValueTask<CopyLease?> LeaseAsync(Digest session, CopyReading found) => found switch
    {
        CopyReading.Found(var bytes) => copies!.LeaseAsync(session, bytes),
        CopyReading.Vacant => copies!.LeaseAsync(session, null),
        _ => default,
    };

    /// <summary>Puts what was read since the lease was taken, if the lease still stands.</summary>
    public ValueTask PutAsync(Digest session, CopyLease? lease, LiveSession read)
    {
        // A session that is being exchanged has an end that a copy would not know.
        if (lease is null || read.Row.SecretExpiresAt is not null) return default;
        var now = clock.GetUtcNow();
        var age = clock.GetElapsedTime(read.ReadAt);
        var lifetime = CopyLifetimes.Copy - age;
        if (lifetime > read.Row.ExpiresAt - now) lifetime = read.Row.ExpiresAt - now;
        return lifetime > TimeSpan.Zero
            ? copies!.PutAsync(session, lease, format.Write(session, new SessionCopy(read.Row, read.Account, now - age)), lifetime)
            : default;
    }

    /// <summary>Nothing that was read of these sessions before this is found after it. Said after the commit of what ended or changed them.</summary>
    /// <param name="secretHashes">The hashes of their session IDs.</param>
    public Task WithdrawAsync(IEnumerable<byte[]> secretHashes) => copies is null
        ? Task.CompletedTask
        : Task.WhenAll(secretHashes.Select(hash => copies.WithdrawAsync(Digest.From(hash)).AsTask()));
}
