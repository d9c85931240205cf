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

    /// <summary>
    /// Requires that the caller signed in at most so long ago, for what must not be done with a credential that was left lying about. Without
    /// a credential: 401; older: 401 <c>insufficient_user_authentication</c> with <c>max_age</c> in seconds (RFC 9470): sign in again.
    /// A refresh is no sign-in.
    /// </summary>
    public static TBuilder RequireRecent<TBuilder>(this TBuilder builder, TimeSpan maxAge) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(SignedIn().AddRequirements(new RecentRequirement(maxAge)).Build());

    /// <summary>
    /// Requires that the caller signed in with a second factor. Without a credential: 401; without the factor: 401
    /// <c>second_factor_required</c> (RFC 9470).
    /// </summary>
    public static TBuilder RequireSecondFactor<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(SignedIn().AddRequirements(new SecondFactorRequirement()).Build());

    internal static AuthorizationPolicyBuilder SignedIn() =>
        new AuthorizationPolicyBuilder(CancelaDefaults.AuthenticationScheme).RequireAuthenticatedUser();
}
