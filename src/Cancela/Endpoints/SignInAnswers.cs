using System.Text.Json.Nodes;
using Cancela.Accounts;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.SignIn;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>What a client is told of its sign-in, whichever way it was proved.</summary>
internal sealed class SignInAnswers(CookieCarrier cookies, SignOut signOut, Roles roles, TimeProvider clock)
{
    /// <summary>In the browser slot: the user and the cookie. The session that the browser had before is ended.</summary>
    public async Task<IResult> ByCookieAsync(SignInOutcome outcome, HttpContext context, CancellationToken cancellationToken)
    {
        if (outcome is not SignInOutcome.SignedIn(var account, var grant, var recoveryCodes)) return No(outcome);
        if (await signOut.EndCookieSessionAsync(context, cancellationToken) is { } unknown)
        {
            // Nobody is handed the new one: it must not stand in the list of devices.
            await signOut.EndAsync(grant.SessionId, account.Id, ClientInfoReader.Of(context), cancellationToken);
            return unknown.ToResult();
        }
        cookies.Write(context, grant.Credential, grant.ExpiresAt);
        return new Answer<SignInResponse>(new(UserResponse.Of(account, roles), recoveryCodes));
    }

    /// <summary>In the token slot: the tokens.</summary>
    public IResult ByTokens(SignInOutcome outcome) => outcome is SignInOutcome.SignedIn(_, var grant, var recoveryCodes)
        ? new Answer<TokenResponse>(TokenResponse.Of(grant, clock.GetUtcNow()) with { RecoveryCodes = recoveryCodes })
        : No(outcome);

    private static ProblemResult No(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.Refused(var refusal) => refusal.ToResult(),
        SignInOutcome.SecondFactorNeeded needed => new ProblemResult(Problem.SecondFactorRequired)
        {
            Extensions = new JsonObject
            {
                ["challenge"] = needed.Challenge,
                ["expires_in"] = (int)needed.Lifetime.TotalSeconds,
                ["enrolment_required"] = needed.Enrolling,
            },
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
