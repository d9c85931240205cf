using Cancela.Audit;
using Cancela.Sql;

namespace Cancela.Server.Commands;

/// <summary>
/// Runs a command on the server's own settings and services, without a server: on the same database, beside one that runs
/// and hears of it at its next poll.
/// </summary>
/// <param name="settings">Settings from the command line.</param>
internal sealed class Shell(string[] settings)
{
    /// <summary>How the audit log calls somebody at the console.</summary>
    public const string Method = "command_line";

    public static TextWriter Out => Console.Out;

    /// <summary>An event that nobody's request caused.</summary>
    public static AuditEvent Event(string name, Guid? accountId = null, Guid? sessionId = null) => new(name, AuditEvent.Success, accountId, sessionId, Method);

    /// <summary>Says why not.</summary>
    public static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return CommandLine.Failed;
    }

    public async Task<int> RunAsync(Func<IServiceProvider, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = ServerHost.Build(settings, new ServerLogging(forCommand: true));
            // The schema, and nothing else: no command makes a key because its settings differ from the server's.
            var database = app.Services.GetRequiredService<Database>();
            await database.PrepareAsync(cancellationToken);
            await DatabaseGate.PassAsync(database, cancellationToken);
            return await work(app.Services);
        }
        catch (Exception exception) when (StartFaults.Tells(exception))
        {
            await StartFaults.PrintAsync(exception, Console.Error);
            return CommandLine.Failed;
        }
    }
}
