namespace Cancela.Revocation;

/// <summary>
/// A way to other nodes' doorbells. It may lose rings, stall and fail: nothing rests on it but how soon a revocation
/// that was acknowledged here is known there.
/// </summary>
internal interface IDoorbellLine
{
    /// <summary>What it is called in the log: <c>PostgreSQL</c>, <c>Redis</c>.</summary>
    public string Name { get; }

    /// <summary>Tells the other nodes that there is something new in the log. Ends when that was sent; throws when it was not.</summary>
    public Task RingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="rung"/> at each ring of another node, and once when it begins to hear: what was rung before that
    /// is lost. Ends, or throws, when the line is lost, and is called again then.
    /// </summary>
    public Task ListenAsync(Action rung, CancellationToken cancellationToken);
}
