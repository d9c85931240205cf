using Cancela.Accounts;
using Cancela.Gate;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary><c>GET /auth/me</c>: who the credential belongs to, whichever slot issued it.</summary>
internal static class MeEndpoints
{
    public static async Task<IResult> Me(AccountDirectory accounts, Roles roles, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = CurrentCaller.CallerOf(context);
        var account = caller.Account ?? await accounts.FindAsync(caller.AccountId, cancellationToken);
        return account is null
            ? new ProblemResult(Problem.UserNotFound)
            : new Answer<MeResponse>(new(UserResponse.Of(account, roles), CurrentSession.Of(caller)));
    }
}
