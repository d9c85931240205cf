namespace Cancela.Server;

/// <summary>The settings of the process around the library.</summary>
/// <param name="Database">Where the database is; <see langword="null"/> when the setting names none.</param>
/// <param name="Redis">Where Redis is; <see langword="null"/> when there is none.</param>
/// <param name="ApiDocs">Whether <c>/openapi/v1.json</c> and <c>/docs</c> are served.</param>
/// <param name="Telemetry">Where metrics and traces are sent; <see langword="null"/>: nowhere.</param>
/// <param name="Faults">All that is wrong, in sentences.</param>
internal sealed record ServerSettings(
    DatabaseAddress? Database, RedisAddress? Redis, bool ApiDocs, TelemetrySettings? Telemetry, IReadOnlyList<string> Faults)
{
    private static readonly string[] OfTheServer = ["ApiDocs", "Otlp"];

    public static ServerSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection(CancelaSettings.Section);
        var faults = new List<string>();
        var database = DatabaseAddress.Read(section["Database"] ?? DatabaseAddress.Default, environment.ContentRootPath, out var fault);
        if (fault is not null) faults.Add(fault.StartsWith("must", StringComparison.Ordinal) ? $"Cancela:Database {fault}" : $"Cancela:Database: {fault}");
        var redis = RedisAddress.Read(section["Redis"], out fault);
        if (fault is not null) faults.Add($"Cancela:Redis {fault}");
        var apiDocs = ApiDocsOf(section["Server:ApiDocs"], environment, faults);
        var telemetry = TelemetrySettings.Read(configuration, faults);
        foreach (var setting in section.GetSection("Server").GetChildren().Where(static child => !OfTheServer.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            faults.Add($"Cancela:Server:{setting.Key} is not a setting of Cancela.");
        return new(database, redis, apiDocs, telemetry, faults);
    }

    // OWASP ASVS 13.4.5: documentation is not exposed unless that is meant.
    private static bool ApiDocsOf(string? value, IHostEnvironment environment, List<string> faults)
    {
        if (value is null) return environment.IsDevelopment();
        if (!bool.TryParse(value, out var on)) faults.Add($"Cancela:Server:ApiDocs is '{value}': it must be true or false.");
        return on;
    }
}
