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
        if (Scopes.Contains(context.User.FindFirst("scope")?.Value ?? "", Scope)) context.Succeed(requirement);
        // Told to whoever is authenticated and still not permitted, so that a client knows what to ask for (RFC 6750 section 3.1).
        else if (context.Resource is HttpContext http) http.Features.Set(new MissingScope(Scope));
        return Task.CompletedTask;
    }

    public override string ToString() => $"scope {Scope}";
}
