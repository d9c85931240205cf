using Cancela.Accounts;

namespace Cancela.Strategies.Sessions;

/// <summary>A session as a node remembers it: never the proof that it is alive, only what it is.</summary>
/// <param name="Row">The row as it was read.</param>
/// <param name="Account">Its account as it was read.</param>
/// <param name="Caller">What the two amount to: built once, immutable, handed to every request.</param>
/// <param name="ReadAt">The monotonic time of the reading.</param>
internal sealed record LiveSession(SessionRow Row, Account Account, Caller Caller, long ReadAt)
{
    /// <summary>The answer to most requests, made once.</summary>
    public Recognition Recognized { get; } = new Recognition.Recognized(Caller);
}
