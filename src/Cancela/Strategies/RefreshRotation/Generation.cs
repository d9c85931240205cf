using Cancela.Tokens;

namespace Cancela.Strategies.RefreshRotation;

/// <summary>One generation of a session's refresh token: all that its token is made of, so that making it twice gives the same one.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Number">0 at sign-in; one more with each rotation.</param>
/// <param name="RotatedAt">When it came to be: the token's <c>iat</c>.</param>
/// <param name="ExpiresAt">The token's <c>exp</c>.</param>
internal sealed record Generation(Guid SessionId, int Number, DateTimeOffset RotatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>
    /// Whether it came to be at a time that this node's clock has not reached: how old it is nobody can say here, and the token of it
    /// is not valid here yet.
    /// </summary>
    public bool IsAheadOf(DateTimeOffset now) => RotatedAt > now.AddSeconds(TokenQuestion.ClockSkewSeconds);
}
