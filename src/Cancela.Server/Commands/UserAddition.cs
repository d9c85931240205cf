using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Endpoints;
using Cancela.Problems;

namespace Cancela.Server.Commands;

/// <summary><c>users add</c>: the rules are those of <c>POST /register</c>.</summary>
internal static class UserAddition
{
    public static async Task<int> RunAsync(
        IServiceProvider services, string emailText, string? nameText, string role, bool fromStandardInput, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<AccountDirectory>();
        var faults = new List<FieldFault>();
        var email = AccountFields.Email(emailText, faults);
        var name = AccountFields.Name(nameText, faults);
        if (faults.Count > 0) return await RefuseAsync(faults);
        if (await accounts.FindByEmailAsync(email!, cancellationToken) is not null) return await Shell.RefuseAsync(Taken(email!));

        if (await PasswordPrompt.ReadAsync(fromStandardInput) is not { } password) return await Shell.RefuseAsync("No password was given, or the two differ.");
        services.GetRequiredService<AccountFields>().NewPassword("password", password, emailText, name, faults);
        if (faults.Count > 0) return await RefuseAsync(faults);

        if (await services.GetRequiredService<PasswordHasher>().HashAsync(password, cancellationToken) is not HashOutcome.Hashed(var hash))
            return await Shell.RefuseAsync("Too many passwords are being hashed: try again.");
        if (await accounts.CreateAsync(email!, name, hash, role, cancellationToken) is not AccountCreation.Created(var account))
            return await Shell.RefuseAsync(Taken(email!));
        await services.GetRequiredService<AuditLog>().AppendAsync(Shell.Event(AuditEvents.Registered, account.Id), ClientInfo.None, cancellationToken);
        await Shell.Out.WriteLineAsync($"{account.Email} is {account.Role}, with the ID {account.Id}.");
        return CommandLine.Done;
    }

    private static string Taken(EmailAddress email) => 
        $"An account with the e-mail {email.Text} exists. To make it administrator: {ProgramName.Typed} users set-role {email.Text} ADMIN";

    private static Task<int> RefuseAsync(List<FieldFault> faults) =>
        Shell.RefuseAsync(string.Join(Environment.NewLine, faults.Select(static fault => $"{fault.English}.")));
}
