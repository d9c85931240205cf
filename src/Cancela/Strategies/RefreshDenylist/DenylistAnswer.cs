namespace Cancela.Strategies.RefreshDenylist;

/// <summary>What the shared denylist says of a sign-in.</summary>
internal enum DenylistAnswer
{
    /// <summary>It is not there: the revocation set decides.</summary>
    NotListed,

    /// <summary>It was ended.</summary>
    Listed,

    /// <summary>Nobody answers: the revocation set decides.</summary>
    Unavailable,
}
