namespace Cancela.Server.Commands;

/// <summary><c>serve</c>: the server, until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (words, settings) = SettingArguments.Split(args);
        if (words.Length > 0)
        {
            await Console.Error.WriteLineAsync(Misunderstanding.Of(words));
            return CommandLine.NotUnderstood;
        }
        var output = new ServerLogging();
        try
        {
            await using var app = ServerHost.Build(settings, output);
            // Ends before the app does: the meters end with it, and the last figures are sent before.
            using var telemetry = ServerSettings.Read(app.Configuration, app.Environment).Telemetry is { } to ? Telemetry.Start(to) : null;
            if (!await StartsAsync(app)) return CommandLine.Done;
            await Greeting.PrintAsync(app, settings);
            output.Speak();
            await app.WaitForShutdownAsync();
            return CommandLine.Done;
        }
        catch (Exception exception) when (!output.Speaking && StartFaults.Tells(exception))
        {
            await StartFaults.PrintAsync(exception, Console.Error);
            return CommandLine.Failed;
        }
    }

    /// <summary>False when it was told to stop while it started (SIGTERM, Ctrl+C): that is no failure.</summary>
    public static async Task<bool> StartsAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
