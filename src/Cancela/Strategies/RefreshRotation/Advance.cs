namespace Cancela.Strategies.RefreshRotation;

/// <summary>What came of advancing a session's generation: one of the cases below and no other.</summary>
internal abstract record Advance
{
    private Advance()
    {
    }

    /// <summary>This use, or one within the grace period before it, rotated. Both get the same generation, of the strategy that the row has.</summary>
    public sealed record Advanced(Proof Proof, Generation Generation, string Strategy) : Advance;

    /// <summary>The session goes on under another strategy: what its old tokens are worth is not this one's to say.</summary>
    public sealed record Turned : Advance;

    /// <summary>The token is older than the grace period allows: the session has been ended.</summary>
    public sealed record Replayed : Advance;

    /// <summary>The account no longer exists.</summary>
    public sealed record AccountGone : Advance;

    /// <summary>The account changed since the token was issued, and its strategy reads no account.</summary>
    public sealed record MovedOn : Advance;

    /// <summary>The session ended or ran out.</summary>
    public sealed record SessionGone : Advance;
}
