namespace Cancela.Exchange;

/// <summary>
/// What will be configured next, accepted already and never handed out: while nodes are replaced one by one, a client that a new
/// node served must not be refused by an old one. Section <c>Cancela:Coming</c>.
/// </summary>
public sealed class ComingOptions
{
    /// <summary>The strategy that the browser slot will have. Default none.</summary>
    public string? Browser { get; set; }

    /// <summary>The strategy that the token slot will have. Default none.</summary>
    public string? Token { get; set; }

    /// <summary>The name that the cookie will have. Default none.</summary>
    public string? Cookie { get; set; }
}
