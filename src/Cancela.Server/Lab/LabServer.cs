using Cancela.Server.Commands;
using Cancela.Sql;

namespace Cancela.Server.Lab;

/// <summary>
/// A server under test: the server itself, on a free port of loopback, with <see cref="LabEndpoints"/>. It serves until its
/// standard input ends, which is when whoever started it ends, however that ends.
/// </summary>
internal static class LabServer
{
    /// <summary>Whoever else has an account in the database, it is none of a lab's.</summary>
    public const string Domain = "lab.invalid";

    private static readonly Statement Strangers = new($"SELECT 1 FROM cancela_accounts WHERE email_key NOT LIKE '%@{Domain}' LIMIT 1");

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var output = new ServerLogging(forCommand: true);
        try
        {
            await using var app = ServerHost.Build(["--urls=http://127.0.0.1:0"], output, LabEndpoints.Map);
            // They would hold instead of the address above: sessions without a password are for this machine alone.
            if (app.Configuration.GetSection("Kestrel:Endpoints").Exists()) return await Shell.RefuseAsync("Kestrel:Endpoints is set: a server under test listens on loopback and nowhere else.");
            if (!await ServeCommand.StartsAsync(app)) return CommandLine.Done;
            // It hands out sessions to whoever asks.
            if (await app.Services.GetRequiredService<Database>().ReadFirstAsync(Strangers, static row => row.GetValue(0), cancellationToken) is not null)
                return await Shell.RefuseAsync("This database has accounts: it is none to measure on.");
            output.Speak();
            await Shell.Out.WriteLineAsync(app.Urls.Single());
            await EndOfInputAsync(cancellationToken);
            return CommandLine.Done;
        }
        catch (Exception exception) when (!output.Speaking && StartFaults.Tells(exception))
        {
            await StartFaults.PrintAsync(exception, Console.Error);
            return CommandLine.Failed;
        }
    }

    // Nothing that it knows is needed any more: nobody waits for it to shut down in order.
    private static async Task EndOfInputAsync(CancellationToken cancellationToken)
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[1];
        while (await input.ReadAsync(buffer, cancellationToken) > 0)
        {
        }
    }
}
