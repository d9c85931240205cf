namespace Cancela.Server;

/// <summary>The settings of the process around the library.</summary>
/// <param name="SqliteFile">Full path of the database file; <see langword="null"/> when the setting names none.</param>
/// <param name="ApiDocs">Whether <c>/openapi/v1.json</c> and <c>/docs</c> are served.</param>
/// <param name="Faults">All that is wrong, in sentences.</param>
internal sealed record ServerSettings(string? SqliteFile, bool ApiDocs, IReadOnlyList<string> Faults)
{
    private const string DefaultDatabase = "sqlite:data/cancela.db";
    private const string Sqlite = "sqlite:";

    public static ServerSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection(CancelaSettings.Section);
        var faults = new List<string>();
        var file = FileOf(section["Database"] ?? DefaultDatabase, environment, faults);
        if (!string.IsNullOrEmpty(section["Redis"])) faults.Add("Cancela:Redis is set, but Redis is not in this version: take the setting out.");
        var apiDocs = ApiDocsOf(section["Server:ApiDocs"], environment, faults);
        foreach (var setting in section.GetSection("Server").GetChildren().Where(static child => !child.Key.Equals("ApiDocs", StringComparison.OrdinalIgnoreCase)))
            faults.Add($"Cancela:Server:{setting.Key} is not a setting of Cancela.");
        return new(file, apiDocs, faults);
    }

    private static string? FileOf(string database, IHostEnvironment environment, List<string> faults)
    {
        if (database.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase) && database.Length > Sqlite.Length)
            return Path.GetFullPath(database[Sqlite.Length..], environment.ContentRootPath);

        // What follows the colon may hold a password: it is not repeated.
        faults.Add(database.StartsWith("postgres:", StringComparison.OrdinalIgnoreCase)
            ? "Cancela:Database names PostgreSQL, which is not in this version: use sqlite:<file>."
            : "Cancela:Database must be sqlite:<file>, for example sqlite:data/cancela.db.");
        return null;
    }

    // OWASP ASVS 13.4.5: documentation is not exposed unless that is meant.
    private static bool ApiDocsOf(string? value, IHostEnvironment environment, List<string> faults)
    {
        if (value is null) return environment.IsDevelopment();
        if (!bool.TryParse(value, out var on)) faults.Add($"Cancela:Server:ApiDocs is '{value}': it must be true or false.");
        return on;
    }
}
