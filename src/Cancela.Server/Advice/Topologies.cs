using static Cancela.Server.Advice.Facts;

namespace Cancela.Server.Advice;

/// <summary>All topologies, and what each costs. The statements are measured by a test.</summary>
internal static class Topologies
{
    public static IReadOnlyList<Topology> All { get; } =
    [
        new(PathSameOrigin, "same-origin", new("uma API que serve a SPA na mesma origem, com o Cancela dentro, em /api", "one API that serves the SPA on the same origin, with Cancela in it, under /api"),
            ["api"], ["browser → api"], ByCookie: 0, ByToken: 0),
        new(PathProxied, "proxied-origin", new("um proxy reverso na origem da página, que leva /api à API", "a reverse proxy on the page's origin, which takes /api to the API"),
            ["proxy", "api"], ["browser → proxy", "proxy → api"], ByCookie: 0, ByToken: 0),
        new(PathBff, "bff", new("um BFF que só repassa o cookie à API", "a BFF that only forwards the cookie to the API"),
            ["bff", "api"], ["browser → bff", "bff → api"], ByCookie: 0, ByToken: 0),
        new(PathBffInProcess, "bff-in-process", new("um BFF em ASP.NET Core com o Cancela dentro", "a BFF in ASP.NET Core with Cancela in it"),
            ["bff"], ["browser → bff"], ByCookie: 0, ByToken: 0),
        new(PathCrossOrigin, "cross-origin", new("uma página de outra origem, que chama a API com tokens (CORS)", "a page of another origin, which calls the API with tokens (CORS)"),
            ["api"], ["browser → api (OPTIONS, until its answer is remembered)", "browser → api"], ByCookie: null, ByToken: 0),
        new(PathDirect, "direct", new("aplicativos e programas que chamam a API com tokens", "apps and programs that call the API with tokens"),
            ["api"], ["client → api"], ByCookie: null, ByToken: 0),
        new(BackEndAsks, "back-end-asks", new("um back-end ao lado do Cancela, que lhe pergunta quem chama (GET /auth/me)", "a back end beside Cancela, which asks it who calls (GET /auth/me)"),
            ["proxy", "cancela", "back end"], ["client → proxy", "proxy → back end", "back end → cancela"], ByCookie: 0, ByToken: 1),
        new(GatewayAsks, "gateway", new("uma API privada atrás de um gateway, que pergunta ao Cancela antes (GET /auth/me)", "a private API behind a gateway, which asks Cancela first (GET /auth/me)"),
            ["gateway", "cancela", "api"], ["client → gateway", "gateway → cancela", "gateway → api", "api → cancela, where it must know who calls and got no token"], ByCookie: 0, ByToken: 1),
        new(GatewayInProcess, "gateway-in-process", new("uma API privada atrás de um BFF em ASP.NET Core com o Cancela dentro, que autentica", "a private API behind a BFF in ASP.NET Core with Cancela in it, which authenticates"),
            ["bff", "api"], ["browser → bff", "bff → api", "api → bff, where it must know who calls and got no token"], ByCookie: 0, ByToken: 0),
        new(Introspection, "introspection", new("serviços que perguntam ao Cancela sobre cada credencial", "services that ask Cancela about each credential"),
            ["cancela", "service"], ["client → service", "service → cancela"], ByCookie: 0, ByToken: 0),
        new(ByThemselves, "by-themselves", new("serviços que verificam tokens sozinhos, com a chave pública (JWKS)", "services that verify tokens by themselves, with the public key (JWKS)"),
            ["cancela", "service"], ["client → service"], ByCookie: 0, ByToken: 0),
    ];

    public static Topology Of(Facts fact) => All.First(topology => topology.Fact == fact);
}
