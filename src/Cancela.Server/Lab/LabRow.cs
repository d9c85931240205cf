namespace Cancela.Server.Lab;

/// <summary>A line of the table, on the terminal and in the page.</summary>
/// <param name="Path">Where the figure stands in the JSON, below a strategy.</param>
/// <param name="English">What it is.</param>
/// <param name="Portuguese">The same.</param>
/// <param name="Decimals">How exact it is.</param>
/// <param name="Value">The figure; null where it does not apply.</param>
internal sealed record LabRow(string Path, string English, string Portuguese, int Decimals, Func<LabFigures, double?> Value)
{
    private static readonly LabRow[] Load =
    [
        new("anonymous_per_second", "anonymous requests /s", "requisições anônimas /s", 0, static of => of.AnonymousPerSecond),
        new("authenticated_per_second", "authenticated requests /s", "requisições autenticadas /s", 0, static of => of.AuthenticatedPerSecond),
        new("ratio", "ratio of the two", "razão entre as duas", 2, static of => of.Ratio),
        new("latency_microseconds.authenticated.p50", "latency, p50, µs", "latência, p50, µs", 0, static of => of.LatencyMicroseconds.Authenticated.P50),
        new("latency_microseconds.authenticated.p99", "latency, p99, µs", "latência, p99, µs", 0, static of => of.LatencyMicroseconds.Authenticated.P99),
        new("latency_microseconds.authenticated.p999", "latency, p99.9, µs", "latência, p99,9, µs", 0, static of => of.LatencyMicroseconds.Authenticated.P999),
        new("cpu_microseconds.anonymous", "CPU, anonymous request, µs", "CPU, requisição anônima, µs", 1, static of => of.CpuMicroseconds.Anonymous),
        new("cpu_microseconds.authenticated", "CPU, authenticated request, µs", "CPU, requisição autenticada, µs", 1, static of => of.CpuMicroseconds.Authenticated),
        new("cpu_microseconds.added", "CPU that the gate adds, µs", "CPU que a cancela acrescenta, µs", 1, static of => of.CpuMicroseconds.Added),
    ];

    private static readonly LabRow[] Statements =
    [
        new("store_round_trips.sign_in.statements", "statements, sign-in", "comandos SQL, entrada", 0, static of => of.StoreRoundTrips.SignIn.Statements),
        new("store_round_trips.authenticated_request.statements", "statements, request", "comandos SQL, requisição", 0, static of => of.StoreRoundTrips.AuthenticatedRequest.Statements),
        new("store_round_trips.renewal.statements", "statements, renewal", "comandos SQL, renovação", 0, static of => of.StoreRoundTrips.Renewal?.Statements),
        new("store_round_trips.sign_out.statements", "statements, sign-out", "comandos SQL, saída", 0, static of => of.StoreRoundTrips.SignOut.Statements),
    ];

    private static readonly LabRow[] Redis =
    [
        new("store_round_trips.sign_in.redis", "Redis, sign-in", "Redis, entrada", 0, static of => of.StoreRoundTrips.SignIn.Redis),
        new("store_round_trips.authenticated_request.redis", "Redis, request", "Redis, requisição", 0, static of => of.StoreRoundTrips.AuthenticatedRequest.Redis),
        new("store_round_trips.renewal.redis", "Redis, renewal", "Redis, renovação", 0, static of => of.StoreRoundTrips.Renewal?.Redis),
        new("store_round_trips.sign_out.redis", "Redis, sign-out", "Redis, saída", 0, static of => of.StoreRoundTrips.SignOut.Redis),
    ];

    private static readonly LabRow[] Rest =
    [
        new("bytes.credential_per_request", "credential, bytes a request", "credencial, bytes por requisição", 0, static of => of.Bytes.CredentialPerRequest),
        new("bytes.sign_in_answer", "sign-in's answer, bytes", "resposta da entrada, bytes", 0, static of => of.Bytes.SignInAnswer),
        new("memory_bytes_per_session", "memory, bytes a session", "memória, bytes por sessão", 0, static of => of.MemoryBytesPerSession),
        new("logins_per_second", "sign-ins /s", "entradas /s", 0, static of => of.LoginsPerSecond),
        new("refreshes_per_second", "renewals /s", "renovações /s", 0, static of => of.RefreshesPerSecond),
        new("revocation_delay_ms.p50", "refused after sign-out, p50, ms", "recusada após a saída, p50, ms", 1, static of => of.RevocationDelayMs.P50),
        new("revocation_delay_ms.p99", "refused after sign-out, p99, ms", "recusada após a saída, p99, ms", 1, static of => of.RevocationDelayMs.P99),
        new("revocation_delay_ms.max", "refused after sign-out, max, ms", "recusada após a saída, máx, ms", 1, static of => of.RevocationDelayMs.Max),
        new("plain_form.revocation_delay_seconds", "plain form: counts on for, s", "forma simples: ainda vale por, s", 0, static of => of.PlainForm.RevocationDelaySeconds),
    ];

    /// <summary>The lines of a report: what it has no Redis for is not among them.</summary>
    public static IReadOnlyList<LabRow> Of(LabStores stores) => [.. Load, .. Statements, .. stores.Redis ? Redis : [], .. Rest];
}
