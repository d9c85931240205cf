using static Cancela.Server.Advice.Facts;
using static Cancela.Server.Advice.When;

namespace Cancela.Server.Advice;

/// <summary>
/// The table. What does not go together is told first; then one thing after the other is decided, each by the first of its rules whose
/// condition holds, on the answers and on what was concluded before. <c>docs/advise.md</c> shows it, and a test compares both.
/// </summary>
internal static class Decisions
{
    /// <summary>What does not go together: the first that holds is the answer, and nothing is advised.</summary>
    public static IReadOnlyList<Rule> Contradictions { get; } =
    [
        new("two-bffs", If(HasAspNetBff, HasNodeBff), None,
            "Dois BFFs: diga qual deles fica diante do navegador (--existing aspnet-bff ou node-bff).",
            "Two BFFs: say which of them stands before the browser (--existing aspnet-bff or node-bff)."),
        new("bff-without-spa", If(HasBff).Unless(Spa), None,
            "Há um BFF, mas nenhuma SPA entre os clientes: acrescente a SPA a --clients, ou tire o BFF de --existing.",
            "There is a BFF, but no SPA among the clients: add the SPA to --clients, or take the BFF out of --existing."),
        new("consumers-that-nobody-has", If(HasJwtConsumers, NobodyElse), None,
            "--existing diz que serviços consomem JWTs, --validation diz que nenhum serviço valida: use --validation services ou gateway, ou tire jwt-consumers.",
            "--existing says that services consume JWTs, --validation that none validates: say --validation services or gateway, or take jwt-consumers out."),
        new("back-end-alone", If(BackEnd).Unless(Spa | Mobile | Servers), None,
            "Um back-end ao lado não entra por si: acrescente a --clients quem ele atende, ou server se ele chama em nome próprio.",
            "A back end beside it signs nobody in: add to --clients whom it serves, or server if it calls on its own behalf."),
        new("programs-without-password", If(ByGoogle | ByGitHub).Unless(ByPassword | Spa | Mobile), None,
            "Um servidor não entra com Google nem GitHub: acrescente password a --sign-in, ou pessoas (uma SPA, um aplicativo) a --clients.",
            "A server does not sign in with Google or GitHub: add password to --sign-in, or people (a SPA, an app) to --clients."),
    ];

    /// <summary>In the order in which they are decided: later ones know what earlier ones concluded.</summary>
    public static IReadOnlyList<Decision> All { get; } =
    [
        new("spa-same-origin", SpaSameOrigin, new("A SPA na mesma origem", "The SPA on the same origin"),
        [
            new("same-origin/aspnet-bff", If(HasAspNetBff), PathBffInProcess,
                "O BFF em ASP.NET Core pode ter o Cancela dentro de si: nenhuma rede entre os dois.", "The BFF in ASP.NET Core can have Cancela in itself: no network between the two."),
            new("same-origin/node-bff", If(HasNodeBff), PathBff,
                "O BFF só repassa o cookie: não lê sessões nem valida nada.", "The BFF only forwards the cookie: it reads no sessions and validates nothing."),
            new("same-origin", Always, PathSameOrigin,
                "Mesma origem: o cookie vai sozinho, sem CORS, e scripts não o leem.", "Same origin: the cookie travels by itself, without CORS, and scripts cannot read it."),
        ]),
        new("spa-subdomain", SpaSubdomain, new("A SPA em outro subdomínio", "The SPA on another subdomain"),
        [
            new("subdomain/aspnet-bff", If(HasAspNetBff), PathBffInProcess,
                "O BFF está na origem da página: o cookie é dele.", "The BFF stands on the page's own origin: the cookie is the BFF's."),
            new("subdomain/node-bff", If(HasNodeBff), PathBff,
                "O BFF está na origem da página e repassa o cookie.", "The BFF stands on the page's own origin and forwards the cookie."),
            new("subdomain/services", If(Services), PathCrossOrigin,
                "O cookie __Host- vale para um só host: serviços em outros hosts não o recebem, um token sim.", "The __Host- cookie is for one host: services on other hosts never get it, and a token they do."),
            new("subdomain", Always, PathProxied,
                "Um proxy reverso leva /api da origem da página ao Cancela: uma só origem, e o cookie fica fora do alcance de scripts.",
                "A reverse proxy takes /api of the page's origin to Cancela: one origin, and the cookie stays out of the reach of scripts."),
        ]),
        new("spa-foreign", SpaForeign, new("A SPA em outro site", "The SPA on a foreign site"),
        [
            new("foreign/aspnet-bff", If(HasAspNetBff), PathBffInProcess,
                "O BFF está no site da página: o cookie é de primeira parte.", "The BFF stands on the page's own site: the cookie is first-party."),
            new("foreign/node-bff", If(HasNodeBff), PathBff,
                "O BFF está no site da página e repassa o cookie, que é de primeira parte.", "The BFF stands on the page's own site and forwards the cookie, which is first-party."),
            new("foreign", Always, PathCrossOrigin,
                "De outro site um cookie seria de terceiros, que navegadores bloqueiam, e SameSite=None é recusado: a página guarda tokens.",
                "From a foreign site a cookie would be third-party, which browsers block, and SameSite=None is refused: the page holds tokens."),
        ]),
        new("mobile", Mobile, new("O aplicativo", "The app"),
        [
            new("app", Always, PathDirect,
                "Um aplicativo guarda tokens no cofre do sistema e os mostra no cabeçalho Authorization.", "An app keeps tokens in the system's key store and shows them in the header Authorization."),
        ]),
        new("server", Servers, new("Os programas", "The programs"),
        [
            new("program", Always, PathDirect,
                "Um programa mostra um token no cabeçalho Authorization.", "A program shows a token in the header Authorization."),
        ]),
        new("topology", None, new("Topologia", "Topology"),
        [
            new("services-ask", If(Services, AtOnce | Seconds), Introspection,
                "Quem valida sozinho não sabe o que foi revogado: cada serviço pergunta ao Cancela.", "Whoever validates alone does not know what was revoked: each service asks Cancela."),
            new("services-verify", If(Services), ByThemselves,
                "Basta que a revogação valha quando o token expira: cada serviço verifica a assinatura com a chave pública, sem rede.",
                "A revocation may count when the token ends: each service verifies the signature with the public key, without a network."),
            new("gateway-in-process", If(BehindGateway, PathBffInProcess), GatewayInProcess,
                "O BFF em ASP.NET Core é o gateway: confere em processo, antes da API privada.", "The BFF in ASP.NET Core is the gateway: it checks in process, before the private API."),
            new("gateway-asks", If(BehindGateway), GatewayAsks,
                "O gateway pergunta ao Cancela antes de deixar um pedido passar à API privada.", "The gateway asks Cancela before it lets a request through to the private API."),
            new("back-end-asks", If(BackEnd), BackEndAsks,
                "O back-end ao lado repassa a credencial e pergunta ao Cancela de quem ela é.", "The back end beside it passes the credential on and asks Cancela whose it is."),
            new("bff-in-process", If(PathBffInProcess), PathBffInProcess,
                "Ninguém mais valida: o BFF com o Cancela dentro é tudo.", "Nobody else validates: the BFF with Cancela in it is all."),
            new("bff", If(PathBff), PathBff,
                "Ninguém mais valida: o BFF repassa, o Cancela confere.", "Nobody else validates: the BFF forwards, Cancela checks."),
            new("cross-origin", If(PathCrossOrigin), PathCrossOrigin,
                "Uma página de outra origem chama a API com tokens.", "A page of another origin calls the API with tokens."),
            new("proxied-origin", If(PathProxied), PathProxied,
                "Um proxy reverso faz de app. e api. uma origem.", "A reverse proxy makes one origin of app. and api."),
            new("one-origin", If(PathSameOrigin), PathSameOrigin,
                "Uma API serve a SPA e a si mesma em /api: o menor número de partes.", "One API serves the SPA, and itself under /api: the fewest parts."),
            new("direct", Always, PathDirect,
                "Nenhum navegador: os clientes chamam a API.", "No browser: the clients call the API."),
        ]),
        new("browser", None, new("O que POST /auth/login entrega", "What POST /auth/login hands out"),
        [
            new("no-cookie", Always.Unless(ByCookie), BrowserUnused,
                "Ninguém usa o cookie: o slot fica no padrão.", "Nobody uses the cookie: the slot stays at its default."),
            new("cookie-that-services-verify", If(Services, Expiry), BrowserJwtCookie,
                "Serviços sob a mesma origem verificam o cookie sozinhos: ele precisa ser um JWT.", "Services under the same origin verify the cookie by themselves: it has to be a JWT."),
            new("cookie-for-jwt-consumers", If(BehindGateway, HasJwtConsumers), BrowserJwtCookie,
                "Os serviços atrás do gateway já leem JWTs: o gateway lhes passa o cookie, que é um.", "The services behind the gateway read JWTs already: the gateway passes them the cookie, which is one."),
            new("session-cookie", Always, BrowserSession,
                "Só o Cancela lê o cookie: uma sessão opaca é a menor, renova-se com o uso e segue uma mudança de papel sem novo login.",
                "Only Cancela reads the cookie: an opaque session is the smallest, slides with use, and follows a change of role without a new sign-in."),
        ]),
        new("token", None, new("O que POST /auth/token entrega", "What POST /auth/token hands out"),
        [
            new("no-token", Always.Unless(ByToken), TokenUnused,
                "Ninguém usa tokens: o slot fica no padrão.", "Nobody uses tokens: the slot stays at its default."),
            new("programs-only", Always.Unless(PathCrossOrigin | Mobile), TokenJwt,
                "Só programas, que têm sua senha à mão: um token por dia, e nada a renovar.", "Programs only, which have their password at hand: one token a day, and nothing to renew."),
            new("refreshes-without-writes", If(Huge), TokenDenylist,
                "De cinco milhões de sessões em diante uma escrita por renovação são 2.800 por segundo: aqui uma renovação não toca o banco.",
                "From five million sign-ins on a write for each refresh is 2,800 a second: here a refresh touches no database."),
            new("rotated", Always, TokenRotation,
                "Um refresh token copiado é notado no primeiro uso a mais, e a sessão termina para os dois (RFC 9700).", "A copied refresh token is noticed at its first use too many, and the session ends for both (RFC 9700)."),
        ]),
        new("signing", None, new("Assinatura", "Signing"),
        [
            new("verified-elsewhere", If(Services, Expiry), Es256,
                "Outros verificam: com a chave pública ninguém mais pode assinar.", "Others verify: with the public key nobody else can sign."),
            new("verified-behind-the-gateway", If(BehindGateway, ByToken), Es256,
                "A API atrás do gateway lê do token quem chama, com a chave pública.", "The API behind the gateway reads from the token who calls, with the public key."),
            new("verified-by-jwt-consumers", If(BehindGateway, HasJwtConsumers), Es256,
                "Os serviços que já consomem JWTs verificam com a chave pública.", "The services that consume JWTs already verify with the public key."),
            new("verified-here", Always, Hs256,
                "Só o Cancela verifica: a chave não sai da instalação.", "Only Cancela verifies: the key never leaves the deployment."),
        ]),
        new("database", None, new("Banco de dados", "Database"),
        [
            new("several-machines", If(SeveralNodes), OnPostgres,
                "Vários nós em várias máquinas: SQLite é de uma máquina só.", "Several nodes on several machines: SQLite is for one machine."),
            new("postgresql-is-there", If(HasPostgres), OnPostgres,
                "PostgreSQL já existe, com quem cuida dele.", "PostgreSQL is there already, with somebody who looks after it."),
            new("too-many-for-one-file", If(Huge), OnPostgres,
                "Milhões de sessões em uso escrevem mais do que um só arquivo deveria.", "Millions of sign-ins in use write more than one file should take."),
            new("one-file", Always, OnSqlite,
                "Uma máquina: um arquivo basta, e mudar depois não derruba ninguém.", "One machine: one file is enough, and moving later signs nobody out."),
        ]),
        new("redis", None, new("Redis", "Redis"),
        [
            new("redis-is-there", If(HasRedis, SeveralNodes), WithRedis,
                "Vários nós leem uma sessão uma vez só, e contam limites juntos.", "Several nodes read a session once between them, and count limits together."),
            new("redis-is-not-needed", Always, WithoutRedis,
                "Nada depende dele; um nó só não ganha nada com ele.", "Nothing rests on it; and one node gains nothing by it."),
        ]),
    ];
}
