using System.CommandLine;
using Cancela.Accounts;
using Cancela.Audit;
using Cancela.SignIn;
using Cancela.Sql;

namespace Cancela.Server.Commands;

/// <summary><c>users add|list|set-role|close|open|reset-second-factor</c>.</summary>
internal static class UserCommands
{
    public static Command Build(Shell shell) => new("users", "Accounts.")
    {
        Add(shell), List(shell), SetRole(shell),
        SetStatus(shell, "close", "Closes an account: it signs in nowhere, and what it was handed stops counting.", AccountStatus.Closed),
        SetStatus(shell, "open", "Opens a closed account again.", AccountStatus.Active),
        ResetSecondFactor(shell),
    };

    private static Argument<string> Who => new("user") { Description = "Their e-mail address or ID." };

    private static Command Add(Shell shell)
    {
        var email = new Argument<string>("email") { Description = "Their e-mail address." };
        var admin = new Option<bool>("--admin") { Description = "Makes them administrator." };
        var name = new Option<string?>("--name") { Description = "What to call them." };
        var piped = new Option<bool>("--password-stdin") { Description = "Reads the password from standard input instead of asking." };
        var command = new Command("add", "Creates an account. Asks for the password; never takes it as an argument.") { email, admin, name, piped };
        command.SetAction((parsed, token) => shell.RunAsync(
            services => UserAddition.RunAsync(
                services, parsed.GetRequiredValue(email), parsed.GetValue(name), parsed.GetValue(admin) ? Roles.Administrator : Roles.User, parsed.GetValue(piped), token),
            token));
        return command;
    }

    private static Command List(Shell shell)
    {
        var command = new Command("list", "Lists all accounts in the order of their creation.");
        command.SetAction((_, token) => shell.RunAsync(async services =>
        {
            List<string[]> rows = [["ID", "EMAIL", "ROLE", "STATUS", "CREATED", "NAME"]];
            await foreach (var account in services.GetRequiredService<AccountDirectory>().AllAsync(token))
                rows.Add([account.Id.ToString(), account.Email, account.Role, Text(account.Status), Table.Time(account.CreatedAt), account.Name ?? ""]);
            await Table.PrintAsync(Shell.Out, rows);
            return CommandLine.Done;
        }, token));
        return command;
    }

    private static Command SetRole(Shell shell)
    {
        var who = Who;
        var role = new Argument<string>("role") { Description = "USER, ADMIN, or another of the settings." };
        var command = new Command("set-role", "Changes a role. What the account was handed before follows at once.") { who, role };
        command.SetAction((parsed, token) => shell.RunAsync(async services =>
        {
            var wanted = parsed.GetRequiredValue(role);
            return services.GetRequiredService<Roles>().Exists(wanted)
                ? await ChangeAsync(services, parsed.GetRequiredValue(who), new AccountChange { Role = wanted }, token)
                : await Shell.RefuseAsync($"There is no role '{wanted}'.");
        }, token));
        return command;
    }

    private static Command SetStatus(Shell shell, string verb, string description, AccountStatus status)
    {
        var who = Who;
        var command = new Command(verb, description) { who };
        command.SetAction((parsed, token) => shell.RunAsync(
            services => ChangeAsync(services, parsed.GetRequiredValue(who), new AccountChange { Status = status }, token), token));
        return command;
    }

    private static Command ResetSecondFactor(Shell shell)
    {
        var who = Who;
        var command = new Command("reset-second-factor", "Takes an account's second factor and recovery codes away, for somebody who lost both, and signs it out everywhere. Be sure of who asks.") { who };
        command.SetAction((parsed, token) => shell.RunAsync(async services =>
        {
            var word = parsed.GetRequiredValue(who);
            if (await services.GetRequiredService<AccountDirectory>().FindAsync(word, token) is not { } account) return await Shell.RefuseAsync(AccountWords.Unknown(word));
            if (!await services.GetRequiredService<SecondFactorReset>().RunAsync(account.Id, Shell.Event(AuditEvents.SecondFactorRemoved, account.Id), token))
                return await Shell.RefuseAsync($"{account.Email} has no second factor.");
            await Shell.Out.WriteLineAsync($"{account.Email} signs in with the password alone, and enrols anew where a second factor is required.");
            return CommandLine.Done;
        }, token));
        return command;
    }

    private static async Task<int> ChangeAsync(IServiceProvider services, string word, AccountChange change, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<AccountDirectory>();
        if (await accounts.FindAsync(word, cancellationToken) is not { } account) return await Shell.RefuseAsync(AccountWords.Unknown(word));
        var update = await services.GetRequiredService<Database>().TransactAsync(async transaction =>
        {
            var done = await accounts.UpdateAsync(transaction, account.Id, change);
            if (done is AccountUpdate.Updated)
                services.GetRequiredService<AuditLog>().Append(transaction, Shell.Event(AuditEvents.AccountChanged, account.Id), ClientInfo.None);
            return done;
        }, cancellationToken);
        if (update is not AccountUpdate.Updated(var after)) return await Shell.RefuseAsync(AccountWords.Sentence(update));
        await Shell.Out.WriteLineAsync($"{after.Email} is {after.Role}, {Text(after.Status)}.");
        return CommandLine.Done;
    }

    private static string Text(AccountStatus status) => status == AccountStatus.Active ? "active" : "closed";
}
