using Cancela.Accounts;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.SignIn;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary><c>POST /auth/password/change</c>.</summary>
internal static class PasswordEndpoints
{
    /// <summary>
    /// Changes one's own password: 204. Every other sign-in ends; this one goes on, with a new session ID in its cookie. An
    /// access token is out of date from then on: renew it.
    /// </summary>
    public static async Task<IResult> Change(
        JsonBody<PasswordChangeRequest> body, AccountDirectory accounts, AccountFields fields, SelfService self, CookieRenewal renewal,
        HttpContext context, CancellationToken cancellationToken)
    {
        var caller = CurrentCaller.CallerOf(context);
        if (await accounts.FindForSignInAsync(caller.AccountId, cancellationToken) is not { } found) return new ProblemResult(Problem.UserNotFound);

        var faults = new List<FieldFault>();
        if (body.Value.CurrentPassword is null) faults.Add(Missing.CurrentPassword());
        fields.NewPassword("new_password", body.Value.NewPassword, found.Account.Email, found.Account.Name, faults);
        if (faults.Count > 0) return AccountFields.Refuse(faults);

        var client = ClientInfoReader.Of(context);
        if (await self.ConfirmAsync(found, body.Value.CurrentPassword!, client, cancellationToken) is { } refusal) return refusal.ToResult();
        var change = await self.ChangeAsync(found, new AccountChange(), body.Value.NewPassword, caller, client, cancellationToken);
        if (AccountAnswers.ProblemOf(change) is { } problem) return problem;

        await renewal.RenewAsync(context, cancellationToken);
        return Results.NoContent();
    }
}
