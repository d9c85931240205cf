namespace Cancela.Server.Commands;

/// <summary><c>serve</c>: the server, until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (words, settings) = SettingArguments.Split(args);
        if (words.Length > 0)
        {
            await Console.Error.WriteLineAsync($"'{words[0]}' is no setting with a value, such as --urls http://localhost:6000 or --Cancela:Profile=session.");
            return CommandLine.NotUnderstood;
        }
        var output = new ServerLogging();
        try
        {
            await using var app = ServerHost.Build(settings, output);
            await app.StartAsync();
            output.Speak();
            Greeting.Print(app);
            await app.WaitForShutdownAsync();
            return CommandLine.Done;
        }
        catch (Exception exception) when (!output.Speaking && StartFaults.Tells(exception))
        {
            await StartFaults.PrintAsync(exception, Console.Error);
            return CommandLine.Failed;
        }
    }
}
