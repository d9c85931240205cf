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
        foreach (var fault in OfChange(options)) yield return fault;
        foreach (var fault in OfRooms(options)) yield return fault;
    }

    private static IEnumerable<string> OfChange(CancelaOptions options)
    {
        var (former, coming) = (options.Former, options.Coming);
        (string Name, string? Value, string Now, string? Other, string[] Slot)[] strategies =
        [
            ("Former:Browser", former.Browser, options.Browser, null, BrowserSlot), ("Former:Token", former.Token, options.Token, null, TokenSlot),
            ("Coming:Browser", coming.Browser, options.Browser, former.Browser, BrowserSlot), ("Coming:Token", coming.Token, options.Token, former.Token, TokenSlot),
        ];
        foreach (var (name, value, now, other, slot) in strategies)
        {
            if (value is null) continue;
            if (!slot.Contains(value)) yield return OneOf(name, value, slot);
            else if (value == now) yield return $"Cancela:{name} is '{value}', which the slot has now: name another one, or none.";
            else if (value == other) yield return $"Cancela:{name} is '{value}', which is also Cancela:{name.Replace("Coming", "Former", StringComparison.Ordinal)}: one change at a time.";
        }
        foreach (var (name, value) in new[] { ("Former:Cookie", former.Cookie), ("Coming:Cookie", coming.Cookie) })
        {
            if (value is null) continue;
            if (!Gate.CookieCarrierOptions.IsName(value)) yield return $"Cancela:{name} must have 1 to 64 letters, digits, '_' or '-'.";
            else if (value == options.Cookie.Name) yield return $"Cancela:{name} is '{value}', which the cookie is called now.";
        }
        if (former.CookieForTokens && (options.Browser != StrategyNames.Session || options.Token != StrategyNames.RefreshRotation || former.Browser is not null))
            yield return "Cancela:Former:CookieForTokens needs Cancela:Browser = session, Cancela:Token = refresh-rotation and no Cancela:Former:Browser.";
        if (!former.IsEmpty && former.Until is null) yield return "Cancela:Former:Until must say when the former credentials end, for example 2030-01-31T00:00:00Z.";
    }

    private static IEnumerable<string> OfRooms(CancelaOptions options) =>
    [
        .. options.Signing.Faults(), .. options.Cookie.Faults(), .. options.Session.Faults(), .. options.Jwt.Faults(), .. options.Refresh.Faults(),
        .. options.Revocation.Faults(), .. options.Password.Faults(), .. options.SecondFactor.Faults(options.Roles), .. options.Totp.Faults(), .. options.Limits.Faults(),
        .. options.Roles.Faults(), .. options.Clients.SelectMany(static client => client.Faults()),
    ];

    private static string OneOf(string name, string value, IEnumerable<string> values) => $"Cancela:{name} is '{value}': it must be one of {string.Join(", ", values)}.";

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.GetLeftPart(UriPartial.Authority) == text.TrimEnd('/');
}
