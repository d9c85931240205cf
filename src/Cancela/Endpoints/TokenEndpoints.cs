using System.Diagnostics;
using Cancela.Audit;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.SignIn;
using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>The token slot: <c>POST /auth/token</c> and <c>POST /auth/refresh</c>.</summary>
internal static class TokenEndpoints
{
    /// <summary>First-party sign-in with the form that OAuth clients know (RFC 6749 section 4.3.2), which is not offered to third parties.</summary>
    public static async Task<IResult> Token(
        FormBody form, FrontDesk desk, Slots slots, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        if (form["grant_type"] is not (null or "password")) return new ProblemResult(Problem.UnsupportedGrantType);
        if (form["username"] is not { } username || form["password"] is not { } password)
            return Missing.Refuse(("username", form["username"]), ("password", form["password"]));

        var outcome = await desk.SignInAsync(username, password, form["scope"] ?? "", slots.Token, ClientInfoReader.Of(context), cancellationToken);
        return outcome switch
        {
            SignInOutcome.SignedIn(_, var grant) => new Answer<TokenResponse>(TokenResponse.Of(grant, clock.GetUtcNow())),
            SignInOutcome.Refused(var refusal) => refusal.ToResult(),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Renews with a refresh token, shown as a bearer token or in the form of RFC 6749 section 6.</summary>
    public static async Task<IResult> Refresh(
        HttpContext context, Slots slots, RenewalMetrics renewals, AuditLog audit, TimeProvider clock, CancellationToken cancellationToken, FormBody? form = null)
    {
        if (!BearerCarrier.TryRead(context, out var token))
        {
            if (form?["grant_type"] is not (null or "refresh_token")) return new ProblemResult(Problem.UnsupportedGrantType);
            if (form?["refresh_token"] is not { } inForm) return Refused(context, new Refusal(Problem.NotAuthenticated, "no refresh token"));
            token = inForm;
        }

        // A single token that cannot be renewed: what is shown here is at best of the wrong type.
        if (slots.Token is not IRenewingStrategy strategy) return Refused(context, await WrongTypeAsync(slots.Token, token, cancellationToken));
        switch (await renewals.RenewAsync(strategy, token, cancellationToken))
        {
            case Renewal.Renewed(var grant, _):
                return new Answer<TokenResponse>(TokenResponse.Of(grant, clock.GetUtcNow()));
            case Renewal.Reused(var accountId, var sessionId):
                var reuse = new AuditEvent(AuditEvents.RefreshReuse, Problem.RefreshReused.Code, accountId, sessionId, strategy.Name);
                await audit.AppendAsync(reuse, ClientInfoReader.Of(context), cancellationToken);
                return Refused(context, new Refusal(Problem.RefreshReused, "an old refresh token came back"));
            case Renewal.Refused(var refusal):
                return Refused(context, refusal);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<Refusal> WrongTypeAsync(IStrategy strategy, string token, CancellationToken cancellationToken) =>
        await strategy.RecognizeAsync(token, cancellationToken) is Recognition.Refused(var refusal) && refusal.Problem != Problem.TokenWrongType
            ? refusal
            : new Refusal(Problem.TokenWrongType, "the strategy has no refresh tokens", "refresh");

    private static ProblemResult Refused(HttpContext context, Refusal refusal)
    {
        Challenges.Add(context, refusal, refusal.Problem != Problem.NotAuthenticated);
        return refusal.ToResult();
    }
}
