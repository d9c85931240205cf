namespace Cancela.Server.Lab;

/// <summary>Which strategy fits what, by the figures: the sentences hold for every report, what stands in them does not.</summary>
internal static class LabVerdict
{
    public static IReadOnlyList<string> Of(LabReport report, LabWords words)
    {
        var all = report.Strategies;
        var (light, heavy) = (all.MinBy(static of => of.CpuMicroseconds.Added)!, all.MaxBy(static of => of.CpuMicroseconds.Added)!);
        var (small, roomy) = (all.MinBy(static of => of.Bytes.CredentialPerRequest)!, all.MinBy(static of => of.MemoryBytesPerSession)!);
        var (slowest, life) = (all.Max(static of => of.RevocationDelayMs.Max), all.Max(static of => of.PlainForm.RevocationDelaySeconds));
        var renewing = all.Where(static of => of.RefreshesPerSecond is not null).ToList();
        return words.English
            ?
            [
                $"A request behind the gate costs {words.Number(light.CpuMicroseconds.Added, 1)} ({light.Profile}) to {words.Number(heavy.CpuMicroseconds.Added, 1)} µs of processor ({heavy.Profile}) "
                    + $"more than an anonymous one; {small.Profile} is the smallest on the wire with {words.Number(small.Bytes.CredentialPerRequest, 0)} bytes a request, "
                    + $"and {roomy.Profile} takes the least memory with {words.Number(roomy.MemoryBytesPerSession, 0)} bytes a session.",
                $"Each of them was refused {words.Number(slowest, 1)} ms after a sign-out at the latest, where a plain token would count for up to {words.Duration(life)}: "
                    + $"how fast it is revoked decides nothing here. Browsers: session or jwt-cookie, by the bytes. Programs: {string.Join("; ", renewing.Select(of => Renewing(of, words)))}; jwt where nothing is to be renewed.",
            ]
            :
            [
                $"Uma requisição autenticada custa de {words.Number(light.CpuMicroseconds.Added, 1)} ({light.Profile}) a {words.Number(heavy.CpuMicroseconds.Added, 1)} µs de processador ({heavy.Profile}) "
                    + $"a mais que uma anônima; {small.Profile} é a menor na rede, com {words.Number(small.Bytes.CredentialPerRequest, 0)} bytes por requisição, "
                    + $"e {roomy.Profile} ocupa menos memória, com {words.Number(roomy.MemoryBytesPerSession, 0)} bytes por sessão.",
                $"Todas foram recusadas no máximo {words.Number(slowest, 1)} ms após a saída, enquanto um token simples valeria por até {words.Duration(life)}: "
                    + $"a rapidez da revogação não decide nada aqui. Navegadores: session ou jwt-cookie, pelos bytes. Programas: {string.Join("; ", renewing.Select(of => Renewing(of, words)))}; jwt quando nada é renovado.",
            ];
    }

    private static string Renewing(LabFigures of, LabWords words)
    {
        var (statements, rate) = (of.StoreRoundTrips.Renewal!.Statements, words.Number(of.RefreshesPerSecond, 0));
        return words.English
            ? $"{of.Profile} for {statements} {(statements == 1 ? "statement" : "statements")} a renewal ({rate}/s)"
            : $"{of.Profile} por {statements} {(statements == 1 ? "comando" : "comandos")} SQL por renovação ({rate}/s)";
    }
}
