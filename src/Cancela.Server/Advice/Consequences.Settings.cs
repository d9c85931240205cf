using static Cancela.Server.Advice.Facts;
using static Cancela.Server.Advice.When;

namespace Cancela.Server.Advice;

/// <summary>What is set, and the secrets, which stand in no file. Every name and value is read by the real reader in a test.</summary>
internal static partial class Consequences
{
    private static IEnumerable<Consequence> Settings =>
    [
        Setting("browser-session", If(BrowserSession), "Browser", "session", "o slot do navegador", "the browser slot"),
        Setting("browser-jwt-cookie", If(BrowserJwtCookie), "Browser", "jwt-cookie", "o slot do navegador", "the browser slot"),
        Setting("token-jwt", If(TokenJwt), "Token", "jwt", "o slot de tokens", "the token slot"),
        Setting("token-denylist", If(TokenDenylist), "Token", "refresh-denylist", "o slot de tokens", "the token slot"),
        Setting("token-rotation", If(TokenRotation), "Token", "refresh-rotation", "o slot de tokens", "the token slot"),
        Setting("es256", If(Es256), "Signing:Algorithm", "ES256", "outros verificam com a chave pública", "others verify with the public key"),
        Setting("one-working-day", If(ByThemselves, BrowserJwtCookie | TokenJwt), "Jwt:Lifetime", "08:00:00",
            "quem verifica sozinho aceita um token revogado por no máximo um dia de trabalho", "whoever verifies alone accepts a revoked token for no longer than a working day"),
        Setting("five-minutes", If(ByThemselves, TokenDenylist | TokenRotation), "Refresh:AccessLifetime", "00:05:00",
            "quem verifica sozinho aceita um token revogado por no máximo cinco minutos", "whoever verifies alone accepts a revoked token for no longer than five minutes"),
        Setting("sqlite", If(OnSqlite), "Database", "sqlite:data/cancela.db", "um arquivo", "one file"),
        Setting("postgresql", If(OnPostgres), "Database", "postgres:Host=db;Database=cancela;Username=cancela", "troque pelo seu; a senha não fica no arquivo", "put yours; the password stands in no file"),
        Setting("redis", If(WithRedis), "Redis", "redis:6379", "troque pelo seu", "put yours"),
        Setting("more-remembered", If(BrowserSession, Large | Huge), "Session:CacheEntries", "1000000",
            "cada nó lembra um milhão de sessões, cerca de 1 GiB", "each node remembers a million sessions, about 1 GiB"),
        Setting("remembered-for-longer", If(BrowserSession, Large | Huge), "Session:CacheLifetime", "00:10:00",
            "um décimo das leituras; a revogação não espera por isso", "a tenth of the reads; revocation does not wait for it"),
        Setting("proxy-in-front", If(PathProxied | PathBff | GatewayAsks | BackEndAsks | HasGateway | SeveralNodes), "TrustedProxies:0", "10.0.0.0/24",
            "troque pela rede do proxy, ou todos dividem o limite do endereço dele", "put the proxy's network, or everybody shares the limit of its address"),
        Setting("origin-of-the-page", If(PathBff), "AllowedOrigins:0", "https://app.example.com",
            "troque pela origem da página: para navegadores sem Sec-Fetch-Site, cujo Origin o BFF repassa", "put the page's origin: for browsers without Sec-Fetch-Site, whose Origin the BFF forwards"),
        Setting("a-client-that-introspects", If(Introspection, ByToken), "Clients:0:Id", "orders",
            "o nome de um serviço; mais um para cada outro", "the name of one service; one more for each other"),
    ];

    private static IEnumerable<Consequence> Secrets =>
    [
        Secret("signing-secret", Always, "Signing:Secret", "\"$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=')\"", "um só para todos os nós; guarde-o", "one for all nodes; keep it"),
        Secret("password-of-the-database", If(OnPostgres), "Database", "'postgres:Host=db;Database=cancela;Username=cancela;Password=…'", "com a senha: vale no lugar da linha do arquivo", "with the password: it takes the place of the file's line"),
        Secret("secret-of-the-client", If(Introspection, ByToken), "Clients:0:Secret", "\"$(openssl rand -hex 32)\"", "o mesmo no serviço que pergunta", "the same at the service that asks"),
    ];
}
