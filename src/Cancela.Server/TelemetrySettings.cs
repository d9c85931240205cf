namespace Cancela.Server;

/// <summary>
/// Where metrics and traces are sent, and how: the standard variables of OpenTelemetry, wherever the configuration has them,
/// with our defaults below them and our one setting above.
/// </summary>
/// <param name="Variables">The configuration that the exporter reads.</param>
internal sealed record TelemetrySettings(IConfiguration Variables)
{
    private const string Setting = CancelaSettings.Section + ":Server:Otlp";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static readonly string[] Protocols = ["http/protobuf", "grpc"];

    private static readonly Dictionary<string, string?> Defaults = new()
    {
        // The specification's default; the exporter's own is the other.
        [Protocol] = "http/protobuf",
        ["OTEL_SERVICE_NAME"] = "cancela",
    };

    /// <summary>Whether a signal is wanted: <c>OTEL_TRACES_EXPORTER=none</c> sends no traces.</summary>
    /// <param name="signal"><c>METRICS</c> or <c>TRACES</c>.</param>
    public bool Wants(string signal) => Variables[$"OTEL_{signal}_EXPORTER"] != "none";

    /// <summary><see langword="null"/> when it is not switched on.</summary>
    public static TelemetrySettings? Read(IConfiguration configuration, List<string> faults)
    {
        var (name, endpoint) = (Setting, configuration[Setting]);
        if (string.IsNullOrEmpty(endpoint)) (name, endpoint) = (Endpoint, configuration[Endpoint]);
        if (string.IsNullOrEmpty(endpoint)) return null;

        var variables = new ConfigurationBuilder().AddInMemoryCollection(Defaults).AddConfiguration(configuration)
            .AddInMemoryCollection([KeyValuePair.Create(Endpoint, (string?)endpoint)]).Build();
        var before = faults.Count;
        // It may hold a password: it is not repeated.
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            faults.Add($"{name} must be an address such as http://localhost:4318.");
        if (!Protocols.Contains(variables[Protocol])) faults.Add($"{Protocol} is '{variables[Protocol]}': it must be one of {string.Join(", ", Protocols)}.");
        return faults.Count == before ? new(variables) : null;
    }
}
