using static Cancela.Server.Advice.Facts;
using static Cancela.Server.Advice.When;

namespace Cancela.Server.Advice;

/// <summary>What has to be done beside the settings.</summary>
internal static partial class Consequences
{
    private static IEnumerable<Consequence> Steps =>
    [
        Step("below-api", If(PathSameOrigin), "Mapeie o Cancela na própria API: app.MapGroup(\"/api\").MapCancela(). A página chama fetch(\"/api/auth/login\", {method: \"POST\", …}).",
            "Map Cancela in the API itself: app.MapGroup(\"/api\").MapCancela(). The page calls fetch(\"/api/auth/login\", {method: \"POST\", …})."),
        Step("proxy-passes-host", If(PathProxied), "No proxy da origem da página: /api/ → API, com o Host que o navegador usou, X-Forwarded-For e X-Forwarded-Proto.",
            "In the proxy of the page's origin: /api/ → API, with the Host that the browser used, X-Forwarded-For and X-Forwarded-Proto."),
        Step("bff-forwards", If(PathBff), "O BFF repassa Cookie, Origin, Sec-Fetch-Site e X-Forwarded-For, devolve Set-Cookie como veio, e mais nada.",
            "The BFF forwards Cookie, Origin, Sec-Fetch-Site and X-Forwarded-For, hands Set-Cookie back as it came, and does nothing else."),
        Step("bff-has-cancela", If(PathBffInProcess), "No BFF: builder.Services.AddCancela() com o mesmo banco, e app.MapCancela(). RequireAuthorization() confere em processo.",
            "In the BFF: builder.Services.AddCancela() with its database, and app.MapCancela(). RequireAuthorization() checks in process."),
        Step("cors-of-the-host", If(PathCrossOrigin), "Em um host seu: AddCors com a origem da página e os cabeçalhos Authorization e Content-Type, e app.UseCors(), app.UseAuthentication(), app.UseAuthorization(), nesta ordem. A página guarda o access token só na memória.",
            "In a host of your own: AddCors with the page's origin and the headers Authorization and Content-Type, and app.UseCors(), app.UseAuthentication(), app.UseAuthorization(), in this order. The page keeps the access token in memory only."),
        Step("app-renews-one-at-a-time", If(Mobile), "O aplicativo renova um pedido de cada vez, e grava o novo refresh token antes de usar o access token.",
            "The app renews one request at a time, and writes the new refresh token down before it uses the access token."),
        Step("an-account-for-each-program", If(Servers), "Cada programa tem uma conta sua (users add), e pede em scope só o que precisa.",
            "Each program has an account of its own (users add), and asks in scope only for what it needs."),
        Step("back-end-asks", If(BackEnd).Unless(Services), "O back-end pergunta GET /auth/me com o Cookie ou o Authorization que recebeu: 200 {user, session}, 401 ou 503. Um 503 não é um sim.",
            "The back end asks GET /auth/me with the Cookie or the Authorization that it received: 200 {user, session}, 401 or 503. A 503 is no yes."),
        Step("back-end-is-a-service", If(BackEnd, Services), "O back-end ao lado é um dos serviços: valida como eles.", "The back end beside it is one of the services: it validates as they do."),
        Step("gateway-asks", If(GatewayAsks), "O gateway pergunta GET /auth/me com o Cookie e o Authorization do pedido (nginx: auth_request), e repassa os dois sem mudar; a API não é alcançável senão por ele.",
            "The gateway asks GET /auth/me with the request's Cookie and Authorization (nginx: auth_request), and passes both on unchanged; the API cannot be reached but through it."),
        Step("bff-is-the-gateway", If(GatewayInProcess), "O BFF exige autenticação antes de repassar, e repassa a credencial sem mudar; a API não é alcançável senão por ele.",
            "The BFF requires authentication before it passes a request on, and passes the credential on unchanged; the API cannot be reached but through it."),
        Step("never-a-bare-header", If(BehindGateway), "Quem chama, a API lê da credencial: o token verificado com /.well-known/jwks.json, ou GET /auth/me com o cookie. Nunca de um cabeçalho como X-User, que qualquer um na rede escreve.",
            "Who calls, the API reads from the credential: the token, verified with /.well-known/jwks.json, or GET /auth/me with the cookie. Never from a header such as X-User, which anybody on the network writes."),
        Step("services-introspect", If(Introspection, ByToken), "Cada serviço pergunta POST /auth/introspect (RFC 7662, HTTP Basic) e aceita só active: true. Um 503 não é um sim.",
            "Each service asks POST /auth/introspect (RFC 7662, HTTP Basic) and accepts active: true only. A 503 is no yes."),
        Step("services-ask-about-cookies", If(Introspection, ByCookie), "Sobre um cookie o serviço pergunta GET /auth/me com ele: introspecção lê só tokens.",
            "About a cookie the service asks GET /auth/me with it: introspection reads tokens only."),
        Step("services-remember", If(Introspection, Seconds), "Um serviço pode lembrar a resposta por um segundo ou dois: com T = 2 s a revogação vale em quatro.",
            "A service may remember the answer for a second or two: with T = 2 s a revocation counts within four."),
        Step("services-verify", If(ByThemselves), "Cada serviço verifica com /.well-known/jwks.json: alg ES256, typ at+jwt, iss, aud, exp, e type = access.",
            "Each service verifies with /.well-known/jwks.json: alg ES256, typ at+jwt, iss, aud, exp, and type = access."),
        Step("services-read-the-cookie", If(Es256, BrowserJwtCookie), "O JWT está no cookie __Host-session_id: a biblioteca do serviço precisa ser apontada para ele.",
            "The JWT is in the cookie __Host-session_id: the service's library has to be pointed at it."),
        Step("consumers-change-keys", If(HasJwtConsumers, Es256), "Os consumidores de hoje passam a verificar com /.well-known/jwks.json; Cancela:Issuer e Cancela:Audience ganham os valores que eles esperam.",
            "Today's consumers verify with /.well-known/jwks.json from now on; Cancela:Issuer and Cancela:Audience get the values that they expect."),
        Step("consumers-ask", If(HasJwtConsumers, Introspection), "Os consumidores de hoje passam a perguntar, em lugar de só verificar.", "Today's consumers ask from now on, instead of verifying only."),
        Step("a-gateway-is-needed", If(PathProxied | GatewayAsks).Unless(HasGateway), "Falta o proxy: nginx ou Caddy, um processo a mais.", "The proxy is missing: nginx or Caddy, one process more."),
        Step("postgresql-is-needed", If(OnPostgres).Unless(HasPostgres), "Falta o PostgreSQL, 14 ou mais novo.", "PostgreSQL is missing, 14 or newer."),
        Step("one-secret-for-all", If(SeveralNodes), "Todos os nós têm as mesmas configurações e o mesmo segredo; o proxy diante deles pergunta /readyz.",
            "All nodes have the same settings and the same secret; the proxy before them asks /readyz."),
        Step("tables-are-cancelas", Always, "Contas, sessões e identidades estão nas tabelas cancela_*: ninguém mais escreve nelas. Suas tabelas apontam para o id da conta (claim sub).",
            "Accounts, sessions and identities are in the tables cancela_*: nobody else writes them. Your own tables point at the account's id (claim sub)."),
    ];
}
