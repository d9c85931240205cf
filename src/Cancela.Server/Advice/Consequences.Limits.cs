using static Cancela.Server.Advice.Facts;
using static Cancela.Server.Advice.When;

namespace Cancela.Server.Advice;

/// <summary>What a design gives up, and what this version cannot do yet, with what works today.</summary>
internal static partial class Consequences
{
    private static IEnumerable<Consequence> GivenUp =>
    [
        Gives("session", If(BrowserSession), "session: uma leitura por sessão, nó e minuto; e ninguém além desta instalação sabe o que o cookie significa.",
            "session: a read for each session, node and minute; and nobody but this deployment can tell what the cookie means."),
        Gives("jwt-cookie", If(BrowserJwtCookie), "jwt-cookie: não se renova (quando termina, as pessoas entram de novo), uma mudança de papel encerra a sessão, e cada pedido leva 599 bytes.",
            "jwt-cookie: no renewal (when it ends, people sign in again), a change of role signs out, and each request carries 599 bytes."),
        Gives("jwt", If(TokenJwt), "jwt: não se renova: o programa entra de novo, com sua senha, quando o token termina.", "jwt: no renewal: the program signs in again, with its password, when the token ends."),
        Gives("refresh-denylist", If(TokenDenylist), "refresh-denylist: um refresh token copiado passa despercebido até que alguém encerre a sessão, e cada revogação fica oito dias na memória.",
            "refresh-denylist: a copied refresh token goes unnoticed until somebody ends the session, and each revocation stays in memory for eight days."),
        Gives("refresh-rotation", If(TokenRotation), "refresh-rotation: uma escrita por renovação; sem o banco ninguém renova; quem perde a resposta e volta com o token antigo depois de 10 s entra de novo.",
            "refresh-rotation: a write for each refresh; without the database nobody is renewed; whoever loses the answer and comes back with the old token after 10 s signs in again."),
        Gives("script-and-tokens", If(PathCrossOrigin), "A página guarda tokens: um script estranho nela pode levá-los embora, o que com um cookie HttpOnly não pode.",
            "The page holds tokens: a foreign script in it can carry them away, which with an HttpOnly cookie it cannot."),
        Gives("revoked-until-eight-hours", If(ByThemselves, BrowserJwtCookie | TokenJwt), "Nos serviços que verificam sozinhos um token revogado vale até expirar: até 8 horas.",
            "In services that verify alone a revoked token counts until it ends: up to 8 hours."),
        Gives("revoked-until-five-minutes", If(ByThemselves, TokenDenylist | TokenRotation), "Nos serviços que verificam sozinhos um access token revogado vale até expirar: até 5 minutos.",
            "In services that verify alone a revoked access token counts until it ends: up to 5 minutes."),
        Gives("one-audience", If(Es256), "Todos os serviços recebem o mesmo token, com o mesmo aud: um serviço pode mostrá-lo a outro. E o e-mail nele está à vista.",
            "All services get the same token, with the same aud: one service can show it to another. And the e-mail in it is in plain sight."),
        Gives("asking-costs-an-exchange", If(Introspection | GatewayAsks | BackEndAsks), "Uma ida ao Cancela por pedido; quando ele não responde, ninguém passa.", "An exchange with Cancela for each request; when it does not answer, nobody passes."),
        Gives("csrf-is-theirs", If(Introspection | ByThemselves | GatewayAsks | GatewayInProcess | BackEndAsks, ByCookie), "O Cancela confere de onde vem um pedido só nos seus hosts: quem mais aceita o cookie confere Sec-Fetch-Site, senão Origin, nos métodos que mudam algo.",
            "Cancela checks where a request comes from in its own hosts only: whoever else takes the cookie checks Sec-Fetch-Site, else Origin, for methods that change something."),
        Gives("t-on-other-nodes", If(AtOnce, SeveralNodes), "Imediatamente vale no nó que confirma; nos outros dentro de T = 2 s, na prática milissegundos. Mais que isso ninguém promete sem perguntar a um só lugar em cada pedido.",
            "At once holds on the node that acknowledges; on the others within T = 2 s, in practice milliseconds. More than that nobody can promise without asking one place at every request."),
        Gives("one-machine", If(OnSqlite), "SQLite: uma máquina. Mudar para PostgreSQL não derruba ninguém.", "SQLite: one machine. Moving to PostgreSQL signs nobody out."),
        Gives("primary-away", If(OnPostgres), "Sem o servidor primário do PostgreSQL, de T em diante todo pedido autenticado é 503: nenhum palpite.",
            "While PostgreSQL's primary is away, from T on every authenticated request is 503: no guess."),
        Gives("nobody-has-run-this", If(Huge), "Ninguém operou uma instalação desse tamanho: docs/scale.md faz as contas.", "Nobody has run a deployment of that size: docs/scale.md does the arithmetic."),
    ];

    private static IEnumerable<Consequence> NotYet =>
    [
        Lacks("google", If(ByGoogle), "Entrar com Google (POST /auth/google): até lá, e-mail e senha, em qualquer topologia.", "Sign-in with Google (POST /auth/google): until then e-mail and password, in every topology."),
        Lacks("github", If(ByGitHub), "Entrar com GitHub (POST /auth/github): até lá, e-mail e senha, em qualquer topologia.", "Sign-in with GitHub (POST /auth/github): until then e-mail and password, in every topology."),
        Lacks("cookie-over-subdomains", If(SpaSubdomain).Unless(HasBff), "Um cookie para app. e api. (Domain no cookie, same-site e CORS): hoje um POST da página de app. a api. com o cookie é 403 cross_site_request.",
            "A cookie for app. and api. (the cookie's Domain, same-site, CORS): today a POST from the page of app. to api. with the cookie is 403 cross_site_request."),
        Lacks("cors-setting", If(PathCrossOrigin), "CORS como configuração do servidor pronto: até lá, em um host seu.", "CORS as a setting of the ready-made server: until then in a host of your own."),
        Lacks("signed-internal-token", If(BehindGateway), "GET /auth/verify e o token interno assinado que o gateway repassaria: até lá ele repassa a credencial do cliente.",
            "GET /auth/verify, and the signed internal token that the gateway would pass on: until then it passes on the client's own credential."),
        Lacks("validation-library", If(Introspection), "AddCancelaValidation, que teria o conjunto de revogações em um serviço ASP.NET Core: até lá ele pergunta, ou é um nó (AddCancela) no mesmo banco, e confere em processo.",
            "AddCancelaValidation, which would have the revocation set in an ASP.NET Core service: until then it asks, or is a node (AddCancela) on the same database, and checks in process."),
        Lacks("client-credentials", If(Servers), "O grant client_credentials: até lá um programa entra com a senha da sua conta (POST /auth/token).", "The grant client_credentials: until then a program signs in with its account's password (POST /auth/token)."),
        Lacks("a-sample-of-it", Always, "Um exemplo pronto de cada topologia: hoje há samples/minimal-api e samples/cluster.", "A ready sample of each topology: today there are samples/minimal-api and samples/cluster."),
    ];
}
