namespace Cancela.Strategies.RefreshDenylist;

/// <summary>
/// The denylist that all nodes share: sign-ins whose refresh tokens count no more, each for as long as its token would have
/// lived. It may be away, or emptied: the node's revocation set knows the same. Nothing here throws, and nothing takes longer than a deadline.
/// </summary>
internal interface IDenylist
{
    /// <summary>Whether a sign-in is on it. One command.</summary>
    public ValueTask<DenylistAnswer> AskAsync(Guid sessionId);

    /// <summary>Puts a sign-in on it. Said after the commit of what ended it, and before anybody is told of it.</summary>
    /// <param name="sessionId">The sign-in.</param>
    /// <param name="lifetime">What is left of its refresh token's life.</param>
    public ValueTask AddAsync(Guid sessionId, TimeSpan lifetime);
}
