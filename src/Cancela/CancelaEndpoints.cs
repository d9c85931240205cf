using Cancela.Accounts;
using Cancela.Endpoints;
using Cancela.Gate;
using Cancela.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The second of the two doors: every path there is, on one screen.</summary>
public static class CancelaEndpoints
{
    private const string People = nameof(People), Devices = nameof(Devices), Factors = "Second factor", Accounts = nameof(Accounts), Tokens = nameof(Tokens);

    /// <summary>Maps Cancela's endpoints, at the root or below a group: <c>app.MapGroup("/api").MapCancela()</c>.</summary>
    /// <returns>The group, for conventions of the host's own (CORS, rate limits, tags).</returns>
    public static IEndpointConventionBuilder MapCancela(this IEndpointRouteBuilder endpoints)
    {
        var all = endpoints.MapGroup("").WithMetadata(Bodies.Limit).AddEndpointFilter<Outages>().Refuses(503);
        var known = all.MapGroup("").AddEndpointFilter<UnreadableBodies>().RequireAuthorization(CancelaPolicies.SignedIn().Build()).Recognizes(CallerProof.OfSignIn).Refuses(401, 403);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var open = new Routes(all.MapGroup("").AllowAnonymous().AddEndpointFilter<UnreadableBodies>(), paths);
        // The throttle first: a request counts also when its body cannot be read.
        var guessable = new Routes(all.MapGroup("").AllowAnonymous().Throttle().AddEndpointFilter<UnreadableBodies>(), paths);
        var signedIn = new Routes(known, paths);
        var own = new Routes(known.MapGroup("").RequireScope(CancelaDefaults.AccountScope), paths);
        var changing = new Routes(known.MapGroup("").RequireScope(CancelaDefaults.AccountScope).Throttle(), paths);
        // OWASP ASVS 7.5.1: what signs in is changed only by who has just signed in.
        var proving = new Routes(known.MapGroup("").RequireScope(CancelaDefaults.AccountScope).RequireRecent(SelfService.Fresh).Throttle(), paths);
        var admin = new Routes(known.MapGroup("").RequireRole(Roles.Administrator).RequireScope(CancelaDefaults.AdminScope), paths);
        // OWASP ASVS 7.5.3: so is what touches other people.
        var administering = new Routes(known.MapGroup("").RequireRole(Roles.Administrator).RequireScope(CancelaDefaults.AdminScope).RequireRecent(SelfService.Fresh), paths);

        guessable.Map("/register", static (at, path) => at.MapPost(path, RegisterEndpoints.Register)).WithTags(People).WithSummary("Creates an account")
            .Takes<RegisterRequest>().Answers<UserEnvelope>(201).Refuses(409, 422);
        guessable.Map("/auth/login", static (at, path) => at.MapPost(path, LoginEndpoints.Login)).WithTags(People).WithSummary("Signs in by cookie")
            .Takes<LoginRequest>().Answers<SignInResponse>(200).Refuses(401, 403, 422);
        guessable.Map("/auth/login/second-factor", static (at, path) => at.MapPost(path, SecondFactorEndpoints.Pass)).WithTags(Factors).WithSummary("Goes on with a sign-in that needs a second factor")
            .Takes<SecondFactorRequest>().Answers<SignInResponse>(200).Refuses(401, 403, 422);
        guessable.Map("/auth/login/second-factor/totp", static (at, path) => at.MapPost(path, SecondFactorEndpoints.Enrol)).WithTags(Factors).WithSummary("Begins to enrol the second factor that a sign-in needs and has not")
            .Takes<ChallengeRequest>().Answers<TotpEnrolmentResponse>(200).Refuses(401, 403, 422);
        open.Map("/auth/logout", static (at, path) => at.MapPost(path, LoginEndpoints.Logout)).WithTags(People).WithSummary("Signs out: ends the session of the cookie or token shown")
            .Recognizes(CallerProof.OfSignIn).Answers(204).Refuses(401, 403);
        signedIn.Map("/auth/me", static (at, path) => at.MapGet(path, MeEndpoints.Me)).WithTags(People).WithSummary("Who is signed in, and how").Answers<MeResponse>(200);
        changing.Map("/auth/password/change", static (at, path) => at.MapPost(path, PasswordEndpoints.Change)).WithTags(People).WithSummary("Changes one's own password and signs every other device out")
            .Takes<PasswordChangeRequest>().Answers(204).Refuses(409, 422);

        own.Map("/auth/totp", static (at, path) => at.MapGet(path, TotpEndpoints.Show)).WithTags(Factors).WithSummary("Shows one's own second factor").Answers<SecondFactorResponse>(200);
        proving.Map("/auth/totp", static (at, path) => at.MapPost(path, TotpEndpoints.Begin)).WithTags(Factors).WithSummary("Makes a secret for an authenticator app").Answers<TotpEnrolmentResponse>(200);
        proving.Map("/auth/totp/confirm", static (at, path) => at.MapPost(path, TotpEndpoints.Confirm)).WithTags(Factors).WithSummary("Puts the secret to use with its first code, and signs every other device out")
            .Takes<CodeRequest>().Answers<RecoveryCodesResponse>(200).Refuses(422);
        proving.Map("/auth/totp", static (at, path) => at.MapDelete(path, TotpEndpoints.Remove)).WithTags(Factors).WithSummary("Takes the second factor away, and signs every other device out").Answers(204).Refuses(409);
        proving.Map("/auth/recovery-codes", static (at, path) => at.MapPost(path, TotpEndpoints.ReplaceRecoveryCodes)).WithTags(Factors).WithSummary("Makes ten new recovery codes: the old ones count no more")
            .Answers<RecoveryCodesResponse>(200).Refuses(409);

        guessable.Map("/auth/token", static (at, path) => at.MapPost(path, TokenEndpoints.Token)).WithTags(Tokens).WithSummary("Signs in for tokens")
            .TakesForm(required: ["username", "password"], optional: ["grant_type", "scope", "code", "recovery_code"]).Answers<TokenResponse>(200).Refuses(401, 403, 422).AsOAuth();
        guessable.Map("/auth/refresh", static (at, path) => at.MapPost(path, TokenEndpoints.Refresh)).WithTags(Tokens).WithSummary("Renews the tokens")
            .Recognizes(CallerProof.OfRefreshToken).TakesForm(required: [], optional: ["grant_type", "refresh_token"]).Answers<TokenResponse>(200).Refuses(401).AsOAuth();
        open.Map("/auth/revoke", static (at, path) => at.MapPost(path, OAuthEndpoints.Revoke)).WithTags(Tokens).WithSummary("Revokes a token and its session (RFC 7009)")
            .TakesForm(required: ["token"], optional: ["token_type_hint"]).Answers(200).AsOAuth();
        open.Map("/auth/introspect", static (at, path) => at.MapPost(path, OAuthEndpoints.Introspect)).WithTags(Tokens).WithSummary("Says what a token says, for other services (RFC 7662)")
            .Recognizes(CallerProof.OfClient).TakesForm(required: ["token"], optional: ["token_type_hint"]).Answers<IntrospectionResponse>(200).Refuses(401).AsOAuth();
        open.Map("/.well-known/jwks.json", static (at, path) => at.MapGet(path, OAuthEndpoints.Keys)).WithTags(Tokens).WithSummary("The public signing keys (RFC 7517)").Answers(200);
        open.Map("/.well-known/oauth-authorization-server", static (at, path) => at.MapGet(path, OAuthEndpoints.Metadata)).WithTags(Tokens).WithSummary("Where everything is, for OAuth clients (RFC 8414)")
            .Answers<ServerMetadata>(200);

        own.Map("/auth/sessions", static (at, path) => at.MapGet(path, SessionEndpoints.ListOwn)).WithTags(Devices).WithSummary("Lists one's own devices").Answers<SessionList>(200);
        changing.Map("/auth/sessions", static (at, path) => at.MapDelete(path, SessionEndpoints.EndOwnOthers)).WithTags(Devices).WithSummary("Signs all other devices out").Answers(204);
        changing.Map("/auth/sessions/{id:guid}", static (at, path) => at.MapDelete(path, SessionEndpoints.EndOwn)).WithTags(Devices).WithSummary("Signs one device out").Answers(204).Refuses(404);

        admin.Map("/users", static (at, path) => at.MapGet(path, UserEndpoints.List)).WithTags(Accounts).WithSummary("Lists all accounts (ADMIN)")
            .TakesQuery<Guid>("after", "The member next of the page before.").TakesQuery<int>("limit", "How many at most: 1 to 200, 50 unless said.")
            .Answers<UserPage>(200).Refuses(422);
        own.Map("/users/{id:guid}", static (at, path) => at.MapGet(path, UserEndpoints.Get)).WithTags(Accounts).WithSummary("Shows an account: one's own, or anybody's (ADMIN)")
            .Answers<UserEnvelope>(200).Refuses(404);
        changing.Map("/users/{id:guid}", static (at, path) => at.MapPut(path, UserEndpoints.Update)).WithTags(Accounts).WithSummary("Changes an account, all that was asked or nothing")
            .Takes<UserUpdateRequest>().Answers<UserEnvelope>(200).Refuses(404, 409, 422);
        proving.Map("/users/{id:guid}", static (at, path) => at.MapDelete(path, UserEndpoints.Delete)).WithTags(Accounts).WithSummary("Deletes an account: nothing that it was handed counts any more")
            .Answers(204).Refuses(404, 409);
        admin.Map("/users/{id:guid}/sessions", static (at, path) => at.MapGet(path, SessionEndpoints.ListOf)).WithTags(Devices).WithSummary("Lists an account's devices (ADMIN)")
            .Answers<SessionList>(200).Refuses(404);
        administering.Map("/users/{id:guid}/sessions", static (at, path) => at.MapDelete(path, SessionEndpoints.EndAllOf)).WithTags(Devices).WithSummary("Signs an account out everywhere (ADMIN)")
            .Answers(204).Refuses(404);
        administering.Map("/users/{id:guid}/sessions/{sessionId:guid}", static (at, path) => at.MapDelete(path, SessionEndpoints.EndOneOf)).WithTags(Devices).WithSummary("Signs one device of an account out (ADMIN)")
            .Answers(204).Refuses(404);
        UnmatchedRequests.Map(all, paths);
        return all;
    }
}
