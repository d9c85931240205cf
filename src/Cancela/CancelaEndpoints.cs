using Cancela.Accounts;
using Cancela.Endpoints;
using Cancela.Gate;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The second of the two doors: every path there is, on one screen.</summary>
public static class CancelaEndpoints
{
    /// <summary>Maps Cancela's endpoints, at the root or below a group: <c>app.MapGroup("/api").MapCancela()</c>.</summary>
    /// <returns>The group, for conventions of the host's own (CORS, rate limits, tags).</returns>
    public static IEndpointConventionBuilder MapCancela(this IEndpointRouteBuilder endpoints)
    {
        var all = endpoints.MapGroup("").WithMetadata(Bodies.Limit).AddEndpointFilter<Outages>().AddEndpointFilter<UnreadableBodies>();
        var open = all.MapGroup("").AllowAnonymous();
        var guessable = all.MapGroup("").AllowAnonymous().AddEndpointFilter<Throttled>();
        var signedIn = all.MapGroup("").RequireAuthorization(CancelaPolicies.SignedIn().Build());
        var own = all.MapGroup("").RequireScope(CancelaDefaults.AccountScope);
        var admin = all.MapGroup("").RequireRole(Roles.Administrator).RequireScope(CancelaDefaults.AdminScope);

        guessable.MapPost("/register", RegisterEndpoints.Register).Describe<UserEnvelope, RegisterRequest>(201, 409, 422);
        guessable.MapPost("/auth/login", LoginEndpoints.Login).Describe<UserEnvelope, LoginRequest>(200, 401, 403, 422);
        open.MapPost("/auth/logout", LoginEndpoints.Logout).Describe(204, 403);
        signedIn.MapGet("/auth/me", MeEndpoints.Me).Describe<MeResponse>(200);
        own.MapPost("/auth/password/change", PasswordEndpoints.Change).Describe<PasswordChangeRequest>(204, 409, 422);

        guessable.MapPost("/auth/token", TokenEndpoints.Token).WithMetadata(OAuthErrors.Instance).DescribeForm<TokenResponse>(200, 400, 401, 403, 422);
        guessable.MapPost("/auth/refresh", TokenEndpoints.Refresh).WithMetadata(OAuthErrors.Instance).DescribeForm<TokenResponse>(200, 400, 401);
        open.MapPost("/auth/revoke", OAuthEndpoints.Revoke).WithMetadata(OAuthErrors.Instance).DescribeForm(200, 400);
        open.MapPost("/auth/introspect", OAuthEndpoints.Introspect).WithMetadata(OAuthErrors.Instance).DescribeForm<IntrospectionResponse>(200, 400, 401);
        open.MapGet("/.well-known/jwks.json", OAuthEndpoints.Keys).Describe(200);
        open.MapGet("/.well-known/oauth-authorization-server", OAuthEndpoints.Metadata).Describe<ServerMetadata>(200);

        own.MapGet("/auth/sessions", SessionEndpoints.ListOwn).Describe<SessionList>(200);
        own.MapDelete("/auth/sessions", SessionEndpoints.EndOwnOthers).Describe(204);
        own.MapDelete("/auth/sessions/{id:guid}", SessionEndpoints.EndOwn).Describe(204, 404);

        admin.MapGet("/users", UserEndpoints.List).Describe<UserPage>(200, 422);
        own.MapGet("/users/{id:guid}", UserEndpoints.Get).Describe<UserEnvelope>(200, 403, 404);
        own.MapPut("/users/{id:guid}", UserEndpoints.Update).Describe<UserEnvelope, UserUpdateRequest>(200, 403, 404, 409, 422);
        own.MapDelete("/users/{id:guid}", UserEndpoints.Delete).Describe(204, 403, 404, 409);
        admin.MapGet("/users/{id:guid}/sessions", SessionEndpoints.ListOf).Describe<SessionList>(200, 404);
        admin.MapDelete("/users/{id:guid}/sessions", SessionEndpoints.EndAllOf).Describe(204, 404);
        admin.MapDelete("/users/{id:guid}/sessions/{sessionId:guid}", SessionEndpoints.EndOneOf).Describe(204, 404);
        UnmatchedRequests.Map(all);
        return all;
    }
}
