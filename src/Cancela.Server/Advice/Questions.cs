namespace Cancela.Server.Advice;

/// <summary>What has to be known before anything can be advised.</summary>
internal static class Questions
{
    /// <summary>From here on the defaults for remembered sessions are too small.</summary>
    public const long LargeFrom = 100_001;

    /// <summary>From here on the writes of <c>refresh-rotation</c> are felt: 2,800 a second.</summary>
    public const long HugeFrom = 5_000_000;

    /// <summary>A sign-in lives for a week without use: at most so many days' sign-ins are alive.</summary>
    public const long DaysAlive = 7;

    public static IReadOnlyList<Question> All { get; } =
    [
        new("clients", new("Quem mostra credenciais ao Cancela?", "Who shows credentials to Cancela?"), Several: true,
        [
            new(Facts.SpaSameOrigin, "spa-same-origin", new("uma SPA na mesma origem que a API", "a browser SPA on the same origin as the API")),
            new(Facts.SpaSubdomain, "spa-subdomain", new("uma SPA em outro subdomínio do mesmo site (app. e api.)", "a browser SPA on another subdomain of the same site (app. and api.)")),
            new(Facts.SpaForeign, "spa-foreign", new("uma SPA em outro site", "a browser SPA on a foreign site")),
            new(Facts.Mobile, "mobile", new("um aplicativo móvel ou nativo", "a mobile or native app")),
            new(Facts.Servers, "server", new("outros servidores ou uma linha de comando", "other servers, or a command line")),
            new(Facts.BackEnd, "back-end", new("um back-end em Python ou Node ao lado, que precisa saber quem chama", "a Python or Node back end beside it, which has to know who calls")),
        ]),
        new("validation", new("Outros serviços validam credenciais?", "Do other services validate credentials?"), Several: false,
        [
            new(Facts.NobodyElse, "none", new("não, só o Cancela", "no, Cancela alone")),
            new(Facts.BehindGateway, "gateway", new("atrás de um gateway ou proxy reverso, que autentica por eles", "behind a gateway or reverse proxy, which authenticates for them")),
            new(Facts.Services, "services", new("cada um por si", "each by itself")),
        ]),
        new("revocation", new("Quando uma revogação precisa valer nos serviços que validam por si?", "How soon must a revocation count in services that validate by themselves?"), Several: false,
        [
            new(Facts.Seconds, "seconds", new("em segundos", "within seconds")),
            new(Facts.AtOnce, "at-once", new("imediatamente, em toda parte", "at once, everywhere")),
            new(Facts.Expiry, "expiry", new("quando o token expirar", "when the token ends")),
        ]),
        new("nodes", new("Quantos nós do Cancela?", "How many nodes of Cancela?"), Several: false,
        [
            new(Facts.OneNode, "one", new("um, ou vários processos em uma máquina", "one, or several processes on one machine")),
            new(Facts.SeveralNodes, "several", new("vários, em várias máquinas", "several, on several machines")),
        ]),
        new("existing", new("O que já existe?", "What is there already?"), Several: true,
        [
            new(Facts.None, "nothing", new("nada", "nothing")),
            new(Facts.HasPostgres, "postgresql", new("PostgreSQL", "PostgreSQL")),
            new(Facts.HasRedis, "redis", new("Redis", "Redis")),
            new(Facts.HasAspNetBff, "aspnet-bff", new("um BFF em ASP.NET Core", "a BFF in ASP.NET Core")),
            new(Facts.HasNodeBff, "node-bff", new("um BFF em Node (Next.js, por exemplo)", "a BFF in Node (Next.js, say)")),
            new(Facts.HasGateway, "gateway", new("um gateway: nginx, Caddy, YARP", "a gateway: nginx, Caddy, YARP")),
            new(Facts.HasJwtConsumers, "jwt-consumers", new("serviços que já consomem JWTs", "services that consume JWTs already")),
        ]),
        new("sign-in", new("Como as pessoas entram?", "How do people sign in?"), Several: true,
        [
            new(Facts.ByPassword, "password", new("e-mail e senha", "e-mail and password")),
            new(Facts.ByGoogle, "google", new("Google", "Google")),
            new(Facts.ByGitHub, "github", new("GitHub", "GitHub")),
        ]),
    ];

    /// <summary>The last question takes a number, or nothing.</summary>
    public static Sentence OfSessions { get; } = new(
        "Quantas sessões vivas ao mesmo tempo? (um número; Enter: não sei, até 100.000)", "How many sign-ins alive at once? (a number; Enter: unknown, up to 100,000)");

    public static Facts SizeOf(long liveSessions) => liveSessions >= HugeFrom ? Facts.Huge : liveSessions >= LargeFrom ? Facts.Large : Facts.Ordinary;
}
