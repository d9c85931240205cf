namespace Cancela.Server.Advice;

/// <summary>What stands above each part of an answer.</summary>
internal static class Headings
{
    public static readonly Sentence Strategy = new("Estratégia", "Strategy");
    public static readonly Sentence Slots = new("(os dois slots; sem perfil)", "(the two slots; no profile)");
    public static readonly Sentence Unused = new("sem uso, fica no padrão", "unused, stays at its default");
    public static readonly Sentence NearestProfile = new("O perfil mais próximo é", "The nearest profile is");
    public static readonly Sentence Topology = new("Topologia", "Topology");
    public static readonly Sentence Settings = new("Configurações, em appsettings.json", "Settings, in appsettings.json");
    public static readonly Sentence Variables = new("As mesmas, como variáveis de ambiente", "The same, as environment variables");
    public static readonly Sentence Secrets = new("Segredos, só no ambiente", "Secrets, in the environment only");
    public static readonly Sentence Steps = new("O que fazer", "What to do");
    public static readonly Sentence Costs = new("O que custa", "What it costs");
    public static readonly Sentence Processes = new("processos, além do banco", "processes, beside the database");
    public static readonly Sentence Exchanges = new("idas pela rede por pedido", "network exchanges a request");
    public static readonly Sentence Statements = new("idas ao banco por pedido", "round trips to the database a request");
    public static readonly Sentence SignIn = new("login", "sign-in");
    public static readonly Sentence First = new("primeiro em um nó", "first on a node");
    public static readonly Sentence Further = new("cada outro", "each further");
    public static readonly Sentence Refresh = new("renovação", "refresh");
    public static readonly Sentence Logout = new("logout", "logout");
    public static readonly Sentence Bytes = new("bytes da credencial", "bytes of the credential");
    public static readonly Sentence GivenUp = new("O que se abre mão", "What is given up");
    public static readonly Sentence NotYet = new("Não nesta versão", "Not in this version");
    public static readonly Sentence Why = new("Por quê: as regras que decidiram", "Why: the rules that decided");
    public static readonly Sentence Measured = new("Medido pelo cancela lab em", "Measured by cancela lab on");
    public static readonly Sentence Advised = new("recomendada", "advised");
    public static readonly Sentence RunnerUp = new("a seguinte", "runner-up");
}
