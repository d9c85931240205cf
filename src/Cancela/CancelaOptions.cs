using Cancela.Accounts;
using Cancela.Credentials.Passwords;
using Cancela.Credentials.Totp;
using Cancela.Endpoints;
using Cancela.Exchange;
using Cancela.Gate;
using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.SignIn;
using Cancela.Strategies;

namespace Cancela;

/// <summary>
/// All settings of Cancela: section <c>Cancela</c> of the configuration, then what the code says. A profile sets its
/// defaults first; explicit settings win.
/// </summary>
public sealed class CancelaOptions
{
    /// <summary>One of the five systems: sets the slots and lifetimes as that system has them. Default none.</summary>
    public string? Profile { get; set; }

    /// <summary>What <c>POST /auth/login</c> hands out: <c>session</c> (default) or <c>jwt-cookie</c>.</summary>
    public string Browser { get; set; } = StrategyNames.Session;

    /// <summary>What <c>POST /auth/token</c> hands out: <c>jwt</c>, <c>refresh-denylist</c> or <c>refresh-rotation</c> (default).</summary>
    public string Token { get; set; } = StrategyNames.RefreshRotation;

    /// <summary>Claim <c>iss</c>, written and required. Default <c>cancela</c>.</summary>
    public string Issuer { get; set; } = "cancela";

    /// <summary>Claim <c>aud</c>, written and required. Default <c>cancela</c>.</summary>
    public string Audience { get; set; } = "cancela";

    /// <summary>
    /// Whether each token sign-in has a row, never read to validate, so that the device can be listed and ended by itself.
    /// Default on; off in profile <c>jwt</c>. <c>refresh-rotation</c> has its row in any case.
    /// </summary>
    public bool TrackTokens { get; set; } = true;

    /// <summary>What people are told when their request does not say: <c>pt-BR</c> (default) or <c>en</c>.</summary>
    public string Language { get; set; } = "pt-BR";

    /// <summary>
    /// Origins, besides our own, whose pages may send the cookie with requests that change something, judged by the header
    /// <c>Origin</c> where a browser sends no <c>Sec-Fetch-Site</c>. Default none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c> and <c>-Proto</c> count. Default none.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Services that may introspect tokens. Default none.</summary>
    public IList<ClientOptions> Clients { get; } = [];

    /// <summary>Section <c>Cancela:Former</c>: what a change of strategy came from.</summary>
    public FormerOptions Former { get; } = new();

    /// <summary>Section <c>Cancela:Coming</c>: what the next change of strategy goes to.</summary>
    public ComingOptions Coming { get; } = new();

    /// <summary>Section <c>Cancela:Signing</c>.</summary>
    public SigningOptions Signing { get; } = new();

    /// <summary>Section <c>Cancela:Cookie</c>.</summary>
    public CookieCarrierOptions Cookie { get; } = new();

    /// <summary>Section <c>Cancela:Session</c>.</summary>
    public SessionOptions Session { get; } = new();

    /// <summary>Section <c>Cancela:Jwt</c>.</summary>
    public JwtOptions Jwt { get; } = new();

    /// <summary>Section <c>Cancela:Refresh</c>.</summary>
    public RefreshOptions Refresh { get; } = new();

    /// <summary>Section <c>Cancela:Revocation</c>.</summary>
    public RevocationOptions Revocation { get; } = new();

    /// <summary>Section <c>Cancela:Password</c>.</summary>
    public PasswordOptions Password { get; } = new();

    /// <summary>Section <c>Cancela:SecondFactor</c>.</summary>
    public SecondFactorOptions SecondFactor { get; } = new();

    /// <summary>Section <c>Cancela:Totp</c>.</summary>
    public TotpOptions Totp { get; } = new();

    /// <summary>Section <c>Cancela:Limits</c>.</summary>
    public LimitOptions Limits { get; } = new();

    /// <summary>Section <c>Cancela:Roles</c>.</summary>
    public RoleOptions Roles { get; } = new();
}
