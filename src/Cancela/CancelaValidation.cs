using System.Net;
using Cancela.Problems;
using Cancela.Strategies;

namespace Cancela;

/// <summary>All that is wrong with the settings, told at once and at the start. Each sentence begins with the setting's full name.</summary>
internal static class CancelaValidation
{
    private static readonly string[] BrowserSlot = [StrategyNames.Session, StrategyNames.JwtCookie];
    private static readonly string[] TokenSlot = [StrategyNames.Jwt, StrategyNames.RefreshDenylist, StrategyNames.RefreshRotation];

    public static IEnumerable<string> Faults(CancelaOptions options)
    {
        if (options.Profile is { } profile && !CancelaProfiles.Names.Contains(profile)) yield return OneOf("Profile", profile, CancelaProfiles.Names);
        if (!BrowserSlot.Contains(options.Browser)) yield return OneOf("Browser", options.Browser, BrowserSlot);
        if (!TokenSlot.Contains(options.Token)) yield return OneOf("Token", options.Token, TokenSlot);
        if (options.Issuer.Length == 0) yield return "Cancela:Issuer must not be empty.";
        if (options.Audience.Length == 0) yield return "Cancela:Audience must not be empty.";
        if (!LanguageTags.TryParse(options.Language, out _)) yield return OneOf("Language", options.Language, ["pt-BR", "en"]);
        foreach (var origin in options.AllowedOrigins.Where(static origin => !IsOrigin(origin)))
            yield return $"Cancela:AllowedOrigins: '{origin}' is not an origin such as https://app.example.com.";
        foreach (var proxy in options.TrustedProxies.Where(static proxy => !IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _)))
            yield return $"Cancela:TrustedProxies: '{proxy}' is neither an address nor a network such as 10.0.0.0/8.";
        foreach (var twice in options.Clients.GroupBy(static client => client.Id).Where(static group => group.Count() > 1))
            yield return $"Cancela:Clients: '{twice.Key}' is there twice.";
        foreach (var fault in OfRooms(options)) yield return fault;
    }

    private static IEnumerable<string> OfRooms(CancelaOptions options) =>
    [
        .. options.Signing.Faults(), .. options.Cookie.Faults(), .. options.Session.Faults(), .. options.Jwt.Faults(), .. options.Refresh.Faults(),
        .. options.Revocation.Faults(), .. options.Password.Faults(), .. options.Limits.Faults(),
        .. options.Roles.Faults(), .. options.Clients.SelectMany(static client => client.Faults()),
    ];

    private static string OneOf(string name, string value, IEnumerable<string> values) => $"Cancela:{name} is '{value}': it must be one of {string.Join(", ", values)}.";

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.GetLeftPart(UriPartial.Authority) == text.TrimEnd('/');
}
