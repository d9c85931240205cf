using System.Security.Claims;
using Cancela.Exchange;
using Cancela.Strategies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Gate;

/// <summary>
/// Authenticates without the framework's services where the answer is yes and needs none of them: a credential that the node
/// recognises by itself, and that goes back to nobody. All else is the framework's, with its handlers, as if this were not here: nobody, who is
/// refused and how, who has to be asked about, renewals, and every other scheme.
/// </summary>
internal sealed class PassingCredentials(
    Type framework, Slots slots, Succession succession, CookieCarrier cookies, CrossSiteGuard guard, Admission admission) : IAuthenticationService
{
    // Found out once. Read while it is written it says no, which is never wrong.
    private bool? _handlersAreTheFrameworks;

    /// <inheritdoc/>
    public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) =>
        scheme == CancelaDefaults.AuthenticationScheme && TryPass(context) is { } passed
            ? passed
            : FrameworkFor(context).AuthenticateAsync(context, scheme);

    /// <inheritdoc/>
    public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => FrameworkFor(context).ChallengeAsync(context, scheme, properties);

    /// <inheritdoc/>
    public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => FrameworkFor(context).ForbidAsync(context, scheme, properties);

    /// <inheritdoc/>
    public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) =>
        FrameworkFor(context).SignInAsync(context, scheme, principal, properties);

    /// <inheritdoc/>
    public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => FrameworkFor(context).SignOutAsync(context, scheme, properties);

    private Task<AuthenticateResult>? TryPass(HttpContext context)
    {
        var headers = context.Request.Headers;
        if ((headers.Authorization.Count == 0 && headers.Cookie.Count == 0) || !IsTheFrameworksAlone(context.RequestServices)) return null;
        // Asked once more: the same answer, with the same principal.
        if (context.Features.Get<CurrentCaller>() is { } current) return current.Passed;
        if (BearerCarrier.TryRead(context, out var token)) return Admit(context, slots.Token, token, byCookie: false);
        if (cookies.Read(context, out var value) != CookieCount.One || !guard.Passes(context.Request)) return null;
        var strategy = succession.BrowserOf(value);
        // What came in a former cookie goes back in a present one.
        return succession.IsFormer(strategy) || cookies.CameByFormerName(context) ? null : Admit(context, strategy, value, byCookie: true);
    }

    private Task<AuthenticateResult>? Admit(HttpContext context, IStrategy strategy, string credential, bool byCookie) =>
        strategy.TryRecognize(credential, out var recognition) && recognition is Recognition.Recognized { RenewedUntil: null, Caller: var caller } && !admission.LacksSecondFactor(caller)
            ? admission.Admit(context, caller, byCookie).Passed
            : null;

    // Who puts something around the handlers or the schemes wants to be asked. Told by the first request, whatever its scope has; a transformation may be chosen for each.
    private bool IsTheFrameworksAlone(IServiceProvider ofTheRequest) =>
        (_handlersAreTheFrameworks ??= ofTheRequest.GetService<IAuthenticationHandlerProvider>()?.GetType() == typeof(AuthenticationHandlerProvider)
            && ofTheRequest.GetService<IAuthenticationSchemeProvider>()?.GetType() == typeof(AuthenticationSchemeProvider))
        && Transformations.AreNone(ofTheRequest);

    // Its own service is registered under its type.
    private IAuthenticationService FrameworkFor(HttpContext context) => (IAuthenticationService)context.RequestServices.GetRequiredService(framework);
}
