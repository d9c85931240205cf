using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.SignIn;
using Cancela.Sql;
using Cancela.Strategies;
using Cancela.Strategies.Sessions;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary><c>PUT /users/{id}</c>: who may change what (OWASP ASVS 8.2.3).</summary>
internal sealed class UserUpdates(
    Database database, AccountDirectory accounts, AccountFields fields, SelfService self, CookieRenewal renewal, SessionStore remembered, Roles roles,
    AuditLog audit)
{
    public async Task<IResult> UpdateOwnAsync(UserUpdateRequest wanted, HttpContext context, CancellationToken cancellationToken)
    {
        if ((wanted.Role ?? wanted.Status) is not null && !Ownership.IsAdministrator(context)) return new ProblemResult(Problem.Forbidden);
        var caller = CurrentCaller.CallerOf(context);
        if (await accounts.FindForSignInAsync(caller.AccountId, cancellationToken) is not { } found) return new ProblemResult(Problem.NotFound);

        var faults = new List<FieldFault>();
        var change = ChangeOf(wanted, faults);
        if (wanted.Password is not null) fields.NewPassword("password", wanted.Password, wanted.Email ?? found.Account.Email, found.Account.Name, faults);
        if (faults.Count > 0) return AccountFields.Refuse(faults);

        var client = ClientInfoReader.Of(context);
        if (await ProofMissingAsync(wanted, found, caller, client, cancellationToken) is { } missing) return missing;
        var done = await self.ChangeAsync(found, change, wanted.Password, caller, client, cancellationToken);
        if (done is not SelfChange.Done(AccountUpdate.Updated(var after))) return AccountAnswers.ProblemOf(done)!;

        if (after.Version != found.Account.Version) await renewal.RenewAsync(context, cancellationToken);
        return new Answer<UserEnvelope>(new(UserResponse.Of(after, roles)));
    }

    public async Task<IResult> UpdateOtherAsync(Guid id, UserUpdateRequest wanted, HttpContext context, CancellationToken cancellationToken)
    {
        var faults = new List<FieldFault>();
        var change = ChangeOf(wanted, faults);
        // OWASP ASVS 6.4.6: administrators start a reset, they never choose the password.
        if (wanted.Password is not null) faults.Add(new("password", "Só o titular escolhe a senha", "Only the account's owner chooses the password"));
        if (faults.Count > 0) return AccountFields.Refuse(faults);
        // OWASP ASVS 7.5.3: other people's roles are changed only by who has just signed in.
        if (!self.IsFresh(CurrentCaller.CallerOf(context))) return Challenges.ProveMore(context, new MissingProof(SelfService.Fresh));

        var update = await database.TransactAsync(async transaction =>
        {
            var done = await accounts.UpdateAsync(transaction, id, change);
            if (done is AccountUpdate.Updated && change != new AccountChange())
                audit.Append(transaction, new(AuditEvents.AccountChanged, AuditEvent.Success, id, Method: "administrator"), ClientInfoReader.Of(context));
            return done;
        }, cancellationToken);
        if (update is not AccountUpdate.Updated(var account)) return AccountAnswers.ProblemOf(update)!;

        await remembered.ForgetAsync(id, cancellationToken);
        return new Answer<UserEnvelope>(new(UserResponse.Of(account, roles)));
    }

    // OWASP ASVS 6.2.3 and 7.5.1: what signs in is changed only by who proves, now, to be its owner.
    private async Task<IResult?> ProofMissingAsync(
        UserUpdateRequest wanted, SignInAccount found, Caller caller, ClientInfo client, CancellationToken cancellationToken)
    {
        if ((wanted.Email ?? wanted.Password) is null) return null;
        if (wanted.CurrentPassword is { } current) return (await self.ConfirmAsync(found, current, client, cancellationToken))?.ToResult();
        return self.IsFresh(caller)
            ? null
            : AccountFields.Refuse([Missing.CurrentPassword()]);
    }

    private AccountChange ChangeOf(UserUpdateRequest wanted, List<FieldFault> faults)
    {
        var status = wanted.Status switch
        {
            null => (AccountStatus?)null,
            "active" => AccountStatus.Active,
            "closed" => AccountStatus.Closed,
            _ => Fault("status", "Informe active ou closed", "Enter active or closed"),
        };
        if (wanted.Role is { } role && !roles.Exists(role)) faults.Add(new("role", "Papel desconhecido", "Unknown role"));
        return new AccountChange
        {
            Name = wanted.Name is null ? null : AccountFields.Name(wanted.Name, faults) ?? "",
            Email = wanted.Email is null ? null : AccountFields.Email(wanted.Email, faults),
            Role = wanted.Role,
            Status = status,
        };

        AccountStatus? Fault(string field, string portuguese, string english)
        {
            faults.Add(new(field, portuguese, english));
            return null;
        }
    }
}
