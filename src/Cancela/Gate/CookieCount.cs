namespace Cancela.Gate;

/// <summary>How often a cookie's name occurs in a request.</summary>
internal enum CookieCount
{
    None,
    One,

    /// <summary>Somebody planted one beside ours, and nobody can tell which: they authenticate nobody.</summary>
    Several,
}
