using Cancela.Strategies;

namespace Cancela.Exchange;

/// <summary>
/// Who comes before and after the strategies of the slots. A former one counts while the window is open, and its credentials are
/// exchanged; a coming one counts, and nothing is exchanged for it.
/// </summary>
internal sealed class Succession(Slots slots, IStrategy? formerBrowser, string? formerToken, IStrategy? comingBrowser, IStrategy? comingToken, Window window)
{
    /// <summary>The strategy that recognises a cookie's value. A JWT has dots, a session ID has none: no store is asked.</summary>
    public IStrategy BrowserOf(string credential)
    {
        if (formerBrowser is null && comingBrowser is null) return slots.Browser;
        var name = credential.Contains('.', StringComparison.Ordinal) ? StrategyNames.JwtCookie : StrategyNames.Session;
        if (slots.Browser.Name == name) return slots.Browser;
        if (comingBrowser?.Name == name) return comingBrowser;
        return formerBrowser?.Name == name && window.IsOpen ? formerBrowser : slots.Browser;
    }

    /// <summary>Whether what it recognised is to be exchanged.</summary>
    public bool IsFormer(IStrategy browser) => ReferenceEquals(browser, formerBrowser);

    /// <summary>The strategy that renews refresh tokens of that name, or <see langword="null"/>.</summary>
    public IRenewingStrategy? RenewerOf(string name) =>
        (slots.Token.Name == name ? slots.Token : comingToken?.Name == name ? comingToken : null) as IRenewingStrategy;

    /// <summary>Whether refresh tokens of that name are exchanged for what the slot hands out.</summary>
    public bool IsFormerToken(string name) => formerToken == name && window.IsOpen;

    /// <summary>The token slot's strategy to come, or <see langword="null"/>.</summary>
    public string? ComingToken => comingToken?.Name;
}
