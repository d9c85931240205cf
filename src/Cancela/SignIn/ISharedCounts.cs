namespace Cancela.SignIn;

/// <summary>
/// Requests of a network, counted over all nodes. It may be away, or emptied: each node counts by itself too. Nothing here
/// throws, and nothing takes longer than a deadline.
/// </summary>
internal interface ISharedCounts
{
    /// <summary>Counts one more, in one command. <see langword="null"/>: nobody answers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="period">How long the count goes on from the first of them.</param>
    public ValueTask<SharedCount?> CountAsync(string network, TimeSpan period);
}
