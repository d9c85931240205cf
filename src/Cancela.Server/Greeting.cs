namespace Cancela.Server;

/// <summary>What the server says when it is up: where to go from here.</summary>
internal static class Greeting
{
    /// <summary>Set by <c>./run</c>, so that the advice can be typed as it stands.</summary>
    private const string CommandVariable = "CANCELA_COMMAND";

    public static void Print(WebApplication app)
    {
        var root = app.Urls.FirstOrDefault()?.TrimEnd('/');
        var command = Environment.GetEnvironmentVariable(CommandVariable) ?? "dotnet Cancela.Server.dll";
        Console.WriteLine($"Cancela listens on {string.Join(", ", app.Urls)}");
        Console.WriteLine($"  pages                 {root}/account and {root}/admin");
        if (ServerSettings.Read(app.Configuration, app.Environment).ApiDocs) Console.WriteLine($"  the API, to try       {root}/docs");
        Console.WriteLine($"  first administrator   {command} users add --admin you@example.com");
    }
}
