using System.CommandLine;
using Cancela.Accounts;
using Cancela.Endpoints;
using Cancela.Strategies;

namespace Cancela.Server.Commands;

/// <summary><c>sessions list|end</c>.</summary>
internal static class SessionCommands
{
    public static Command Build(Shell shell) => new("sessions", "Sign-ins that are alive.") { List(shell), End(shell) };

    private static Command List(Shell shell)
    {
        var who = new Argument<string?>("user") { Description = "Their e-mail address or ID; nobody: all.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "Lists sign-ins, newest first, account by account.") { who };
        command.SetAction((parsed, token) => shell.RunAsync(services => ListAsync(services, parsed.GetValue(who), token), token));
        return command;
    }

    private static Command End(Shell shell)
    {
        var id = new Argument<string?>("id") { Description = "The sign-in's ID.", Arity = ArgumentArity.ZeroOrOne };
        var user = new Option<string?>("--user") { Description = "All of an account, by e-mail address or ID." };
        var all = new Option<bool>("--all") { Description = "All of everybody." };
        var command = new Command("end", "Ends one sign-in, all of an account, or all there are. Servers refuse them within two seconds.") { id, user, all };
        command.Validators.Add(result =>
        {
            var given = new[] { result.GetResult(id)?.Tokens.Count > 0, result.GetResult(user) is not null, result.GetResult(all) is not null };
            if (given.Count(static one => one) != 1) result.AddError("Say which: an ID, --user <email|id>, or --all.");
            else if (result.GetValue(id) is { } word && !Guid.TryParse(word, out _)) result.AddError($"'{word}' is no ID of a sign-in.");
        });
        command.SetAction((parsed, token) => shell.RunAsync(services =>
        {
            var ending = ActivatorUtilities.CreateInstance<SessionEnder>(services);
            if (parsed.GetValue(id) is { } one) return ending.EndOneAsync(Guid.Parse(one), token);
            return parsed.GetValue(user) is { } who ? ending.EndOfAsync(who, token) : ending.EndAllAsync(token);
        }, token));
        return command;
    }

    private static async Task<int> ListAsync(IServiceProvider services, string? who, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<AccountDirectory>();
        var sessions = services.GetRequiredService<SessionDirectory>();
        List<string[]> rows = [["ID", "EMAIL", "STRATEGY", "DEVICE", "IP", "CREATED", "LAST SEEN", "EXPIRES"]];
        if (who is null)
            await foreach (var account in accounts.AllAsync(cancellationToken)) await AddAsync(account);
        else if (await accounts.FindAsync(who, cancellationToken) is { } account) await AddAsync(account);
        else return await Shell.RefuseAsync(AccountWords.Unknown(who));
        await Table.PrintAsync(Shell.Out, rows);
        return CommandLine.Done;

        async Task AddAsync(Account account) => rows.AddRange((await sessions.ListAsync(account.Id, cancellationToken)).Select(session => Row(account, session)));
    }

    private static string[] Row(Account account, SessionRow session) =>
    [
        session.Id.ToString(), account.Email, session.Strategy, DeviceName.Of(session.UserAgent), session.IpAddress ?? "—",
        Table.Time(session.CreatedAt), Table.Time(session.LastSeenAt), Table.Time(session.ExpiresAt),
    ];
}
