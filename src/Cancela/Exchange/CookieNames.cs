namespace Cancela.Exchange;

/// <summary>The names that the cookie has besides its own, around a change.</summary>
internal sealed class CookieNames(FormerOptions former, ComingOptions coming, Window window)
{
    /// <summary>Read, never written.</summary>
    public string? Coming => coming.Cookie;

    /// <summary>Read while the window is open, and written anew under the present name.</summary>
    public string? Former => former.Cookie is { } name && window.IsOpen ? name : null;

    /// <summary>Whatever may still lie in a browser, whether or not it counts.</summary>
    public IEnumerable<string> All => new[] { coming.Cookie, former.Cookie }.OfType<string>();
}
