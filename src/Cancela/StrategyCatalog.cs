using Cancela.Exchange;
using Cancela.Strategies;
using Cancela.Strategies.Jwt;
using Cancela.Strategies.RefreshDenylist;
using Cancela.Strategies.RefreshRotation;
using Cancela.Strategies.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela;

/// <summary>All strategies by name. To add one: its folder in Strategies/ and a line here.</summary>
internal sealed class StrategyCatalog(IServiceProvider services, CancelaOptions options)
{
    public Slots Fill(CancelaOptions chosen) => new(Make(chosen.Browser), Make(chosen.Token));

    /// <summary>The strategies before and after those of the slots.</summary>
    public Succession Surround(CancelaOptions chosen, Slots slots, Window window) => new(
        slots, MakeOrNull(chosen.Former.Browser), chosen.Former.Token, MakeOrNull(chosen.Coming.Browser), MakeOrNull(chosen.Coming.Token), window);

    /// <summary>Whether every sign-in has a row: S1 and S4 cannot do without.</summary>
    public static Tracking TrackingOf(CancelaOptions options) =>
        new(options.TrackTokens || (options.Browser == StrategyNames.Session && options.Token == StrategyNames.RefreshRotation));

    private IStrategy? MakeOrNull(string? name) => name is null ? null : Make(name);

    private IStrategy Make(string name) => name switch
    {
        StrategyNames.Session => Make<SessionStrategy>(),
        StrategyNames.Jwt or StrategyNames.JwtCookie => Make<JwtStrategy>(name, options.TrackTokens),
        StrategyNames.RefreshDenylist => Make<RefreshDenylistStrategy>(options.TrackTokens),
        StrategyNames.RefreshRotation => Make<RefreshRotationStrategy>(),
        _ => throw new InvalidOperationException($"There is no strategy '{name}'."),
    };

    private T Make<T>(params object[] facts) where T : IStrategy => ActivatorUtilities.CreateInstance<T>(services, facts);
}
