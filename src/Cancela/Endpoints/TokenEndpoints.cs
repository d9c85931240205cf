using System.Diagnostics;
using Cancela.Audit;
using Cancela.Exchange;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.SignIn;
using Cancela.Strategies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>The token slot: <c>POST /auth/token</c> and <c>POST /auth/refresh</c>.</summary>
internal static class TokenEndpoints
{
    /// <summary>First-party sign-in with the form that OAuth clients know (RFC 6749 section 4.3.2), which is not offered to third parties.</summary>
    public static async Task<IResult> Token(
        FormBody form, FrontDesk desk, SecondFactorDesk secondFactor, SignInAnswers answers, Slots slots, HttpContext context, CancellationToken cancellationToken)
    {
        if (form["grant_type"] is not (null or "password")) return new ProblemResult(Problem.UnsupportedGrantType);
        if (form["username"] is not { } username || form["password"] is not { } password)
            return Missing.Refuse(("username", form["username"]), ("password", form["password"]));

        var client = ClientInfoReader.Of(context);
        var outcome = await desk.SignInAsync(username, password, form["scope"] ?? "", slots.Token, client, cancellationToken);
        // Both factors in one request: what the password alone is worth goes no further than here.
        if (outcome is SignInOutcome.SecondFactorNeeded(var challenge, _, _) && SecondFactorProof.Of(form["code"], form["recovery_code"]) is { } proof)
            outcome = await secondFactor.PassAsync(challenge, proof, slots.Token, client, cancellationToken);
        return answers.ByTokens(outcome);
    }

    /// <summary>
    /// Renews with a refresh token, shown as a bearer token or in the form of RFC 6749 section 6. Where a change of strategy allows it,
    /// a session's cookie is enough.
    /// </summary>
    public static async Task<IResult> Refresh(
        HttpContext context, Slots slots, RefreshDesk desk, TokensForCookies forCookies, AuditLog audit, TimeProvider clock,
        CancellationToken cancellationToken, FormBody? form = null)
    {
        var client = ClientInfoReader.Of(context);
        if (!BearerCarrier.TryRead(context, out var token))
        {
            if (form?["grant_type"] is not (null or "refresh_token")) return new ProblemResult(Problem.UnsupportedGrantType);
            if (form?["refresh_token"] is not { } inForm) return await ForCookieAsync(context, forCookies, client, clock, cancellationToken);
            token = inForm;
        }

        switch (await desk.RenewAsync(token, client, cancellationToken))
        {
            case Renewal.Renewed { Grant: var grant }:
                return new Answer<TokenResponse>(TokenResponse.Of(grant, clock.GetUtcNow()));
            case Renewal.Reused(var accountId, var sessionId):
                var reuse = new AuditEvent(AuditEvents.RefreshReuse, Problem.RefreshReused.Code, accountId, sessionId, slots.Token.Name);
                await audit.AppendAsync(reuse, client, cancellationToken);
                return Refused(context, new Refusal(Problem.RefreshReused, "an old refresh token came back"));
            case Renewal.Refused(var refusal):
                return Refused(context, refusal);
            default:
                throw new UnreachableException();
        }
    }

    // The gate judges the cookie as for everything that changes something: another site's page gets 403.
    private static async Task<IResult> ForCookieAsync(
        HttpContext context, TokensForCookies forCookies, ClientInfo client, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!forCookies.IsOpen) return Refused(context, new Refusal(Problem.NotAuthenticated, "no refresh token"));
        await context.AuthenticateAsync(CancelaDefaults.AuthenticationScheme);
        if (context.Features.Get<Refusal>() is { } refused) return Refused(context, refused);
        if (context.Features.Get<CurrentCaller>() is not { } current) return Refused(context, new Refusal(Problem.NotAuthenticated, "neither refresh token nor cookie"));
        return await forCookies.ExchangeAsync(current.Caller, client, cancellationToken) switch
        {
            Renewal.Renewed { Grant: var grant } => new Answer<TokenResponse>(TokenResponse.Of(grant, clock.GetUtcNow())),
            Renewal.Refused(var refusal) => Refused(context, refusal),
            _ => throw new UnreachableException(),
        };
    }

    private static ProblemResult Refused(HttpContext context, Refusal refusal)
    {
        Challenges.Add(context, refusal, refusal.Problem != Problem.NotAuthenticated);
        return refusal.ToResult();
    }
}
