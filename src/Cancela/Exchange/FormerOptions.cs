namespace Cancela.Exchange;

/// <summary>
/// What was configured before a change, accepted beside what is configured now until the window ends, and exchanged on its next
/// use. Section <c>Cancela:Former</c>.
/// </summary>
public sealed class FormerOptions
{
    /// <summary>The strategy that the browser slot had. Default none.</summary>
    public string? Browser { get; set; }

    /// <summary>The strategy that the token slot had. Default none.</summary>
    public string? Token { get; set; }

    /// <summary>The name that the cookie had. Default none.</summary>
    public string? Cookie { get; set; }

    /// <summary>
    /// Whether <c>POST /auth/refresh</c> with the cookie of <c>session</c>, and no token, hands out the tokens of
    /// <c>refresh-rotation</c>. Default off: a script that the page runs can then get a credential that it can carry away.
    /// </summary>
    public bool CookieForTokens { get; set; }

    /// <summary>When the window ends, in UTC. Required where anything else is set here. Default none.</summary>
    public DateTimeOffset? Until { get; set; }

    internal bool IsEmpty => Browser is null && Token is null && Cookie is null && !CookieForTokens;
}
