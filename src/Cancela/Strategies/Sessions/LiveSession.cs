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

    // The objects of a session and its place in memory, without their texts.
    private const int Frame = 780;

    // Of a text, beside two bytes a character.
    private const int TextFrame = 26;

    /// <summary>About how many bytes of memory it takes to remember it. What the texts of two of its parts share is counted once.</summary>
    public int Bytes => Frame
        + Of(Row.Strategy) + Of(Row.Scope) + Of(Row.Methods) + Of(Row.IpAddress) + Of(Row.UserAgent)
        + Of(Account.Email) + Of(Account.Name) + Of(Account.Role) + Of(Caller.Scope);

    private static int Of(string? text) => string.IsNullOrEmpty(text) ? 0 : TextFrame + (2 * text.Length);
}
