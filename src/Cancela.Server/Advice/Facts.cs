namespace Cancela.Server.Advice;

/// <summary>
/// What is known of a deployment: the answers first, then what the rules conclude from them. One bit each, so that a condition is a
/// mask and all combinations can be walked.
/// </summary>
[Flags]
internal enum Facts : ulong
{
    None = 0,

    // --clients
    SpaSameOrigin = 1UL << 0,
    SpaSubdomain = 1UL << 1,
    SpaForeign = 1UL << 2,
    Mobile = 1UL << 3,
    Servers = 1UL << 4,
    BackEnd = 1UL << 5,
    Spa = SpaSameOrigin | SpaSubdomain | SpaForeign,

    // --validation
    NobodyElse = 1UL << 6,
    BehindGateway = 1UL << 7,
    Services = 1UL << 8,

    // --revocation
    AtOnce = 1UL << 9,
    Seconds = 1UL << 10,
    Expiry = 1UL << 11,

    // --nodes
    OneNode = 1UL << 12,
    SeveralNodes = 1UL << 13,

    // --existing
    HasPostgres = 1UL << 14,
    HasRedis = 1UL << 15,
    HasAspNetBff = 1UL << 16,
    HasNodeBff = 1UL << 17,
    HasGateway = 1UL << 18,
    HasJwtConsumers = 1UL << 19,
    HasBff = HasAspNetBff | HasNodeBff,

    // --sign-in
    ByPassword = 1UL << 20,
    ByGoogle = 1UL << 21,
    ByGitHub = 1UL << 22,

    // --live-sessions, --sign-ins-per-day
    Ordinary = 1UL << 23,
    Large = 1UL << 24,
    Huge = 1UL << 25,

    // How each client comes in.
    PathSameOrigin = 1UL << 26,
    PathProxied = 1UL << 27,
    PathBff = 1UL << 28,
    PathBffInProcess = 1UL << 29,
    PathCrossOrigin = 1UL << 30,
    PathDirect = 1UL << 31,
    ByCookie = PathSameOrigin | PathProxied | PathBff | PathBffInProcess,
    ByToken = PathCrossOrigin | PathDirect,

    // The topology, where it is more than the way in.
    Introspection = 1UL << 32,
    ByThemselves = 1UL << 33,
    GatewayInProcess = 1UL << 34,
    GatewayAsks = 1UL << 35,
    BackEndAsks = 1UL << 36,

    // The browser slot.
    BrowserUnused = 1UL << 37,
    BrowserSession = 1UL << 38,
    BrowserJwtCookie = 1UL << 39,

    // The token slot.
    TokenUnused = 1UL << 40,
    TokenJwt = 1UL << 41,
    TokenDenylist = 1UL << 42,
    TokenRotation = 1UL << 43,

    // What tokens are signed with, and where everything is kept.
    Hs256 = 1UL << 44,
    Es256 = 1UL << 45,
    OnSqlite = 1UL << 46,
    OnPostgres = 1UL << 47,
    WithoutRedis = 1UL << 48,
    WithRedis = 1UL << 49,
}
