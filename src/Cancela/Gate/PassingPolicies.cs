using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Gate;

/// <summary>
/// Evaluates a policy without the framework's services where the answer is yes and needs none of them: somebody whom the gate
/// let pass, and requirements that are plainly met. All else is the framework's to decide, as if this were not here: who is refused,
/// with which failure, by which scheme, and whatever requirements and handlers a host has of its own.
/// </summary>
internal sealed class PassingPolicies : IPolicyEvaluator
{
    private static readonly Task<PolicyAuthorizationResult> Passed = Task.FromResult(PolicyAuthorizationResult.Success());

    // Found out once. Read while it is written it says no, which is never wrong.
    private bool? _nobodyElse;

    /// <inheritdoc/>
    public Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context)
    {
        // Of a policy that names a scheme the framework authenticates once more: the same, unless the host makes another principal of it.
        var result = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult;
        var known = policy.AuthenticationSchemes.Count == 0 || (policy.AuthenticationSchemes is [CancelaDefaults.AuthenticationScheme] && Transformations.AreNone(context.RequestServices));
        return known && IsOurs(result) && ReferenceEquals(result!.Principal, context.User)
            ? context.User is CurrentCaller current && ReferenceEquals(current.Result, result) ? current.Passed : Task.FromResult(result)
            : FrameworkFor(context).AuthenticateAsync(policy, context);
    }

    /// <inheritdoc/>
    public Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        IsOurs(authenticationResult) && NobodyElseIsAsked(context) && AreMet(policy.Requirements, context.User)
            ? Passed
            : FrameworkFor(context).AuthorizeAsync(policy, authenticationResult, context, resource);

    // Of the first request that comes here, and whatever its scope has: it is the same for those that follow, but where another
    // container makes the scopes, which may give each tenant handlers of its own.
    private bool NobodyElseIsAsked(HttpContext context) => context.RequestServices.GetType().Assembly == typeof(ServiceProvider).Assembly
        ? _nobodyElse ??= IsTheFrameworksAlone(context.RequestServices)
        : IsTheFrameworksAlone(context.RequestServices);

    // What is resolved, not what was registered: a container may add to it, or put its own around it. A handler is asked about every
    // requirement, and may forbid what others permit.
    private static bool IsTheFrameworksAlone(IServiceProvider at)
    {
        object?[] parts =
        [
            at.GetService<IAuthorizationService>(), at.GetService<IAuthorizationHandlerProvider>(), at.GetService<IAuthorizationHandlerContextFactory>(), at.GetService<IAuthorizationEvaluator>(),
        ];
        return parts.All(static part => part?.GetType().Assembly == typeof(DefaultAuthorizationService).Assembly)
            // One, which is the framework's: a second one that is none of a host's today may be made by a factory, and be another tomorrow.
            && at.GetServices<IAuthorizationHandler>().ToArray() is [var only] && only.GetType() == typeof(PassThroughAuthorizationHandler);
    }

    private static PolicyEvaluator FrameworkFor(HttpContext context) => new(context.RequestServices.GetRequiredService<IAuthorizationService>());

    private static bool IsOurs(AuthenticateResult? result) => result is { Succeeded: true, Ticket.AuthenticationScheme: CancelaDefaults.AuthenticationScheme };

    private static bool AreMet(IReadOnlyList<IAuthorizationRequirement> requirements, ClaimsPrincipal user)
    {
        for (var i = 0; i < requirements.Count; i++)
            if (!IsMet(requirements[i], user)) return false;
        return true;
    }

    // Of exactly these types: one that derives from them may ask for more.
    private static bool IsMet(IAuthorizationRequirement requirement, ClaimsPrincipal user)
    {
        if (requirement.GetType() == typeof(DenyAnonymousAuthorizationRequirement)) return user is CurrentCaller { Untouched: not null } || user.Identity?.IsAuthenticated == true;
        if (requirement is ScopeRequirement scope) return scope.IsMetBy(user);
        if (requirement is SecondFactorRequirement) return user is CurrentCaller { Caller.ShowedSecondFactor: true };
        if (requirement.GetType() != typeof(RolesAuthorizationRequirement)) return false;
        foreach (var role in ((RolesAuthorizationRequirement)requirement).AllowedRoles)
            if (user.IsInRole(role)) return true;
        return false;
    }
}
