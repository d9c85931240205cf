using Cancela.Accounts;
using Cancela.Server.Commands;

namespace Cancela.Server;

/// <summary>What the server says when it is up: where to go from here.</summary>
internal static class Greeting
{
    public static async Task PrintAsync(WebApplication app, string[] settings)
    {
        // Not given up at a SIGTERM: that is the server's to obey, and this takes no time.
        var hasAdministrator = await app.Services.GetRequiredService<AccountDirectory>().HasAdministratorAsync(CancellationToken.None);
        var root = app.Urls.FirstOrDefault()?.TrimEnd('/');
        Console.WriteLine($"Cancela listens on {string.Join(", ", app.Urls)}");
        Console.WriteLine($"  pages                 {root}/account and {root}/admin");
        if (ServerSettings.Read(app.Configuration, app.Environment).ApiDocs) Console.WriteLine($"  the API, to try       {root}/docs");
        if (!hasAdministrator) Console.WriteLine($"  first administrator   {ProgramName.Typed} users add --admin you@example.com{Database(settings)}");
    }

    // The command must find the same accounts. Settings from elsewhere it finds by itself.
    private static string Database(string[] settings) =>
        settings.LastOrDefault(static setting => setting.StartsWith("--Cancela:Database=", StringComparison.OrdinalIgnoreCase)) is { } database
            ? " " + (database.Any(char.IsWhiteSpace) ? $"'{database}'" : database)
            : "";
}
