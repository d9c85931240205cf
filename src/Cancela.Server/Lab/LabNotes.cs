using System.Globalization;
using System.Net;

namespace Cancela.Server.Lab;

/// <summary>How it was measured, and what the figures do not say: the end of the page.</summary>
internal static class LabNotes
{
    /// <summary>One line about where and on what.</summary>
    public static string Facts(LabReport report, LabWords words)
    {
        var (machine, stores) = (report.Machine, report.Stores);
        return $"{stores.Database} {stores.DatabaseVersion}{(stores.Redis ? $" + Redis {stores.RedisVersion}" : "")} · {machine.Cores} {(words.English ? "cores" : "núcleos")} {machine.Architecture} · "
            + $"{machine.Os} · {machine.Runtime} · Cancela {machine.Cancela} · {report.MeasuredAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}";
    }

    public static string Of(LabReport report)
    {
        var run = report.Run;
        var two = run.Nodes > 1;
        return $"""
            <h2>{LabPage.Both("How it was measured", "Como foi medido")}</h2>
            <dl>
            <dt>{LabPage.Both("Command", "Comando")}</dt><dd><code>{WebUtility.HtmlEncode(run.Command)}</code></dd>
            <dt>{LabPage.Both("Took", "Durou")}</dt><dd>{Figure(run.TookSeconds)} s</dd>
            <dt>{LabPage.Both("Load", "Carga")}</dt><dd>{LabPage.Both(
                $"{Figure(run.Seconds)} s over all strategies, in {Figure(run.Turns)} turns, over {Figure(run.Connections)} connections that are kept, each with one request under way",
                $"{Figure(run.Seconds)} s sobre todas as estratégias, em {Figure(run.Turns)} rodadas, por {Figure(run.Connections)} conexões mantidas, cada uma com uma requisição em andamento")}</dd>
            <dt>{LabPage.Both("Sign-outs timed", "Saídas cronometradas")}</dt><dd>{LabPage.Both(
                $"{Figure(run.SignOuts)} for each strategy, " + (two ? "acknowledged by one node and refused by another" : "acknowledged and refused by the same node: SQLite has one"),
                $"{Figure(run.SignOuts)} por estratégia, " + (two ? "confirmadas por um nó e recusadas por outro" : "confirmadas e recusadas pelo mesmo nó: com SQLite há um só"))}</dd>
            <dt>{LabPage.Both("Sessions weighed", "Sessões pesadas")}</dt><dd>{Figure(run.Sessions)}</dd>
            </dl>
            <ul>
            {Item("Each strategy ran in a server process of its own, the real one, on loopback; all of them stood at the same time and took turns. Figures of turns are medians; latencies are of all turns together.",
                "Cada estratégia rodou em um processo próprio do servidor real, em loopback; todos ficaram de pé ao mesmo tempo e se revezaram. Números das rodadas são medianas; latências são de todas as rodadas juntas.")}
            {Item("Before it counted, each server was asked until its compiler had nothing left to do. Processor time is what the system says that the server process took, divided by the requests.",
                "Antes de valer, cada servidor foi usado até seu compilador não ter mais o que fazer. Tempo de processador é o que o sistema diz que o processo consumiu, dividido pelas requisições.")}
            {Item("The load ran on the same machine and took its share of the cores: compare strategies with each other, not with another machine. Latencies are those of a server that is kept busy; an idle one answers sooner.",
                "A carga rodou na mesma máquina e usou parte dos núcleos: compare as estratégias entre si, não com outra máquina. As latências são de um servidor ocupado; um ocioso responde antes.")}
            {Item("Round trips are the fewest of several tries: what a node reads by itself, four times a second and whatever is asked of it, is in none of them. A session is read again once a minute on each node, which is not in the zero.",
                "As idas e voltas são o menor valor de várias tentativas: o que um nó lê por si, quatro vezes por segundo e independente das requisições, não entra. Uma sessão é relida uma vez por minuto em cada nó, o que não entra no zero.")}
            {Item("Not measured: TLS, a network between client, server and database, many accounts, and a day's mixture of requests. The endpoint does nothing: what yours does comes on top of both bars.",
                "Não medido: TLS, rede entre cliente, servidor e banco, muitas contas e a mistura de requisições de um dia. O endpoint não faz nada: o que o seu faz soma-se às duas barras.")}
            {Item("The plain form is not measured but known: a stateless token counts until it expires; a session that is looked up in the store at each request is refused at once, for one round trip a request.",
                "A forma simples não é medida, é conhecida: um token sem estado vale até expirar; uma sessão consultada no banco a cada requisição é recusada na hora, ao custo de uma ida por requisição.")}
            </ul>
            """;
    }

    private static string Item(string english, string portuguese) => $"<li>{LabPage.Both(english, portuguese)}</li>";

    private static string Figure(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
