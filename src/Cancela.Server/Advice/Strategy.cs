using Cancela.Strategies;

namespace Cancela.Server.Advice;

/// <summary>A strategy, and what it costs: the figures of its page, which a test counts on a running host.</summary>
/// <param name="Fact">The conclusion that names it.</param>
/// <param name="Name">As settings write it.</param>
/// <param name="SignIn">Statements of a sign-in.</param>
/// <param name="FirstRequest">Statements of the first request on a node.</param>
/// <param name="FurtherRequest">Statements of each further request.</param>
/// <param name="Refresh">Statements of a refresh; <see langword="null"/>: there is none.</param>
/// <param name="Logout">Statements of a logout.</param>
/// <param name="Bytes">Of the credential, which each request carries.</param>
/// <param name="RunnerUp">The next best of the same slot.</param>
/// <param name="Profile">What <c>Cancela:Profile</c> of that name does otherwise than the settings advised.</param>
internal sealed record Strategy(
    Facts Fact, string Name, int SignIn, int FirstRequest, int FurtherRequest, int? Refresh, int Logout, int Bytes, string RunnerUp, Sentence Profile)
{
    public static IReadOnlyList<Strategy> All { get; } =
    [
        new(Facts.BrowserSession, StrategyNames.Session, SignIn: 3, FirstRequest: 1, FurtherRequest: 0, Refresh: null, Logout: 2, Bytes: 43, StrategyNames.JwtCookie, new(
            "o sistema ao pé da letra: cookie sem prefixo, sem fim absoluto; aquém do ASVS 3.3.1 e 7.3.2", "the system to the letter: a cookie without prefix, no absolute end; short of ASVS 3.3.1 and 7.3.2")),
        new(Facts.BrowserJwtCookie, StrategyNames.JwtCookie, SignIn: 3, FirstRequest: 0, FurtherRequest: 0, Refresh: null, Logout: 2, Bytes: 599, StrategyNames.Session, new(
            "também põe jwt no slot de tokens", "also puts jwt into the token slot")),
        new(Facts.TokenJwt, StrategyNames.Jwt, SignIn: 3, FirstRequest: 0, FurtherRequest: 0, Refresh: null, Logout: 3, Bytes: 599, StrategyNames.RefreshRotation, new(
            "o sistema ao pé da letra: sem linha por token, e portanto sem lista de dispositivos", "the system to the letter: no row for a token, and so no device list")),
        new(Facts.TokenDenylist, StrategyNames.RefreshDenylist, SignIn: 3, FirstRequest: 0, FurtherRequest: 0, Refresh: 0, Logout: 2, Bytes: 637, StrategyNames.RefreshRotation, new(
            "o mesmo", "the same")),
        new(Facts.TokenRotation, StrategyNames.RefreshRotation, SignIn: 3, FirstRequest: 0, FurtherRequest: 0, Refresh: 1, Logout: 2, Bytes: 599, StrategyNames.RefreshDenylist, new(
            "o sistema ao pé da letra: sem fim absoluto; aquém do ASVS 7.3.2", "the system to the letter: no absolute end; short of ASVS 7.3.2")),
    ];

    public static Strategy? Of(Facts fact) => All.FirstOrDefault(strategy => strategy.Fact == fact);
}
