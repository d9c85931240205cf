using Cancela.Gate;
using Cancela.Problems;
using Cancela.SignIn;
using Cancela.Strategies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>The browser slot: <c>POST /auth/login</c> and, for both slots, <c>POST /auth/logout</c>.</summary>
internal static class LoginEndpoints
{
    /// <summary>
    /// Signs in by cookie. 200 with the user; the session that the browser had before is ended. Where a second factor is needed: 401
    /// <c>second_factor_required</c> with the challenge that <c>/auth/login/second-factor</c> takes.
    /// </summary>
    public static async Task<IResult> Login(
        JsonBody<LoginRequest> body, FrontDesk desk, SignInAnswers answers, Slots slots, CrossSiteGuard guard, HttpContext context, CancellationToken cancellationToken)
    {
        // Login CSRF: another site must not sign the browser in as somebody else.
        if (!guard.ComesFromUs(context.Request)) return new ProblemResult(Problem.CrossSiteRequest);
        if (body.Value is not { Email: { } email, Password: { } password }) return Missing.Refuse(("email", body.Value.Email), ("password", body.Value.Password));

        var outcome = await desk.SignInAsync(email, password, scope: "", slots.Browser, ClientInfoReader.Of(context), cancellationToken);
        return await answers.ByCookieAsync(outcome, context, cancellationToken);
    }

    /// <summary>Ends the session of whatever credential is shown. 204, also when none is or it is dead already; 401 when two cookies of the name leave open which one is meant.</summary>
    public static async Task<IResult> Logout(
        CookieCarrier cookies, CrossSiteGuard guard, SignOut signOut, HttpContext context, CancellationToken cancellationToken)
    {
        await context.AuthenticateAsync(CancelaDefaults.AuthenticationScheme);
        if (context.Features.Get<Refusal>() is { Problem.Status: 403 or 503 } refusal) return refusal.ToResult();
        if (await signOut.EndAsync(context, cancellationToken) is { } refused) return refused.ToResult();
        // SameSite keeps our cookie from another site's form, which then looks like a caller without one: to clear it would be to sign the browser out.
        if (guard.ComesFromUs(context.Request)) cookies.Clear(context);
        return Results.NoContent();
    }
}
