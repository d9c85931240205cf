using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cancela.Server;

/// <summary>
/// Sends metrics and traces by OTLP. Only this file knows OpenTelemetry, and where nothing is to be sent it is not even loaded.
/// What cannot be delivered is dropped: no request waits for it.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    private static readonly string[] Meters =
        [CancelaMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql"];

    // The framework's own: one span a request. Not the database driver's: each poll of the log would be one, four times a second.
    private static readonly string[] Sources = ["Microsoft.AspNetCore"];

    // For a collector that does not answer: a stop does not wait for longer.
    private const int MostAtTheEndInMs = 3_000;

    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    private Telemetry(MeterProvider? metrics, TracerProvider? traces) => (_metrics, _traces) = (metrics, traces);

    public static Telemetry Start(TelemetrySettings settings) => new(
        !settings.Wants("METRICS") ? null : Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(settings.Variables))
            .ConfigureResource(Describe).AddMeter(Meters).AddOtlpExporter().Build(),
        !settings.Wants("TRACES") ? null : Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(settings.Variables))
            .ConfigureResource(Describe).AddSource(Sources).AddOtlpExporter().Build());

    /// <summary>Sends what is left, and ends.</summary>
    public void Dispose()
    {
        // Beside each other: where nobody listens both take all of their time.
        Parallel.Invoke(() => _metrics?.Shutdown(MostAtTheEndInMs), () => _traces?.Shutdown(MostAtTheEndInMs));
        _metrics?.Dispose();
        _traces?.Dispose();
    }

    // The service's name comes from OTEL_SERVICE_NAME. Two processes of one machine are told apart by their number.
    private static void Describe(ResourceBuilder resource) => resource.AddAttributes(
    [
        KeyValuePair.Create("service.version", (object)typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion),
        KeyValuePair.Create("service.instance.id", (object)$"{Environment.MachineName}:{Environment.ProcessId}"),
        KeyValuePair.Create("host.name", (object)Environment.MachineName),
    ]).AddEnvironmentVariableDetector();
}
