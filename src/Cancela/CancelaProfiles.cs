using Cancela.Gate;
using Cancela.Strategies;

namespace Cancela;

/// <summary>The five systems, each as it is written. What a profile does not name keeps its default.</summary>
internal static class CancelaProfiles
{
    private static readonly Dictionary<string, Action<CancelaOptions>> ByName = new(StringComparer.Ordinal)
    {
        // A sliding week without an absolute end, and the cookie's bare name: to the letter, and short of OWASP ASVS 3.3.1 and 7.3.2.
        [StrategyNames.Session] = static options =>
        {
            options.Browser = StrategyNames.Session;
            options.Session.Lifetime = TimeSpan.FromDays(7);
            options.Session.AbsoluteLifetime = TimeSpan.Zero;
            options.Cookie.Name = CookieCarrier.PlainName;
        },
        [StrategyNames.Jwt] = static options =>
        {
            options.Token = StrategyNames.Jwt;
            options.Jwt.Lifetime = TimeSpan.FromHours(24);
            options.TrackTokens = false;
        },
        [StrategyNames.JwtCookie] = static options =>
        {
            options.Browser = StrategyNames.JwtCookie;
            options.Token = StrategyNames.Jwt;
            options.Jwt.Lifetime = TimeSpan.FromHours(24);
        },
        [StrategyNames.RefreshDenylist] = static options =>
        {
            options.Token = StrategyNames.RefreshDenylist;
            options.Refresh.AccessLifetime = CredentialLifetimes.DenylistAccess;
            options.Refresh.Lifetime = TimeSpan.FromDays(7);
        },
        [StrategyNames.RefreshRotation] = static options =>
        {
            options.Token = StrategyNames.RefreshRotation;
            options.Refresh.AccessLifetime = CredentialLifetimes.RotationAccess;
            options.Refresh.Lifetime = TimeSpan.FromDays(7);
            options.Session.AbsoluteLifetime = TimeSpan.Zero;
        },
    };

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Applies a profile. One that does not exist is told by the validation.</summary>
    public static void Apply(string? name, CancelaOptions options)
    {
        if (name is not null && ByName.TryGetValue(name, out var apply)) apply(options);
    }
}
