using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Cancela.Bench.Pipeline;

/// <summary>
/// What every handler allocates for a request, and nothing else: itself, which the framework wants one of for each request, and what it hands over: a principal
/// with claims of its own, the ticket, the result, the task that holds it.
/// </summary>
internal sealed class PlainHandler : IAuthenticationHandler
{
    private string _scheme = "";

    /// <summary>Whoever the gate let pass: the same claims are handed over.</summary>
    public static ClaimsPrincipal Likeness { get; set; } = new(new ClaimsIdentity());

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _scheme = scheme.Name;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(Result(_scheme));

    public Task ChallengeAsync(AuthenticationProperties? properties) => throw new InvalidOperationException("Nobody is refused.");

    public Task ForbidAsync(AuthenticationProperties? properties) => throw new InvalidOperationException("Nobody is refused.");

    /// <summary>The principal, the ticket and the result.</summary>
    public static AuthenticateResult Result(string scheme)
    {
        var like = (ClaimsIdentity)Likeness.Identity!;
        var identity = new ClaimsIdentity(like.Claims, like.AuthenticationType, like.NameClaimType, like.RoleClaimType);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), scheme));
    }
}
