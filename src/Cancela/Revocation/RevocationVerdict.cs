namespace Cancela.Revocation;

/// <summary>What the node knows of a credential.</summary>
internal enum RevocationVerdict
{
    /// <summary>Nothing covers it.</summary>
    Counts,

    /// <summary>Its session was ended.</summary>
    SessionEnded,

    /// <summary>Its account moved on since it was issued.</summary>
    AccountMovedOn,

    /// <summary>Its account no longer exists.</summary>
    AccountDeleted,

    /// <summary>The key that signed it was retired.</summary>
    KeyRetired,

    /// <summary>The node has not heard from the log for longer than the bound, and may not or cannot ask: refuse with 503.</summary>
    Unknown,
}
