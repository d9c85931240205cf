using Cancela.Gate;
using Microsoft.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Guards for a host's own endpoints, beside <c>RequireAuthorization()</c> and <c>[Authorize]</c>.</summary>
public static class CancelaPolicies
{
    /// <summary>
    /// Requires that the credential permits a scope. Without a credential: 401; without the scope: 403
    /// <c>insufficient_scope</c>, whatever the role (RFC 6750 section 3.1).
    /// </summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(SignedIn().AddRequirements(new ScopeRequirement(scope)).Build());

    /// <summary>Requires one of the roles. Without a credential: 401; without the role: 403 <c>forbidden</c>.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, params string[] roles) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(SignedIn().RequireRole(roles).Build());

    internal static AuthorizationPolicyBuilder SignedIn() =>
        new AuthorizationPolicyBuilder(CancelaDefaults.AuthenticationScheme).RequireAuthenticatedUser();
}
