using System.Security.Claims;
using Cancela.Strategies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>The credential must permit a scope.</summary>
internal sealed class ScopeRequirement(string scope) : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    public string Scope { get; } = scope;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (IsMetBy(context.User)) context.Succeed(requirement);
        // RFC 6750 section 3.1: the client is told what to ask for, where a scope is all that is missing. A role is nothing to ask for.
        else if (context.Resource is HttpContext http && context.PendingRequirements.All(static pending => pending is ScopeRequirement)) http.Features.Set(new MissingScope(Scope));
        return Task.CompletedTask;
    }

    /// <summary>Whether an identity of ours among the principal's permits it.</summary>
    public bool IsMetBy(ClaimsPrincipal user)
    {
        if (user is CurrentCaller { Untouched: { } caller }) return caller.Has(Scope);
        foreach (var identity in user.Identities)
            if (IsPermitted(identity)) return true;
        return false;
    }

    // Another scheme of the host may speak of scopes too, and its identity may stand beside ours: what it says is not our permission.
    private bool IsPermitted(ClaimsIdentity identity) =>
        identity.AuthenticationType == CancelaDefaults.AuthenticationScheme && Scopes.Contains(identity.FindFirst("scope")?.Value ?? "", Scope);

    public override string ToString() => $"scope {Scope}";
}
