using Cancela.Strategies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>
/// The sign-in itself must have been good enough for what is asked. OWASP ASVS 10.3.4; RFC 9470: whoever lacks it is told to sign in
/// again, and not that they may not.
/// </summary>
internal abstract class ProofRequirement : IAuthorizationHandler, IAuthorizationRequirement
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        // Only what the gate itself knows: another identity beside ours may say anything of when and how it signed in.
        if (context.Resource is not HttpContext http || http.Features.Get<CurrentCaller>() is not { } current) return Task.CompletedTask;
        if (IsMetBy(current.Caller, http)) context.Succeed(this);
        else if (IsAllThatIsMissing(context)) http.Features.Set(Missing);
        return Task.CompletedTask;
    }

    protected abstract MissingProof Missing { get; }

    protected abstract bool IsMetBy(Caller caller, HttpContext context);

    // Who lacks a role or a scope as well would sign in again for nothing.
    private static bool IsAllThatIsMissing(AuthorizationHandlerContext context) => context.PendingRequirements.All(pending => pending switch
    {
        ProofRequirement or DenyAnonymousAuthorizationRequirement => true,
        ScopeRequirement scope => scope.IsMetBy(context.User),
        RolesAuthorizationRequirement roles => roles.AllowedRoles.Any(context.User.IsInRole),
        _ => false,
    });
}
