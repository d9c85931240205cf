using System.Globalization;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>The header <c>WWW-Authenticate</c> (RFC 6750 section 3).</summary>
internal static class Challenges
{
    /// <summary>
    /// "If the request lacks any authentication information […] the resource server SHOULD NOT include an error code":
    /// only who showed a token is told what is wrong with it.
    /// </summary>
    public static void Add(HttpContext context, Refusal refusal, bool bearerShown)
    {
        if (refusal.Problem.Status != StatusCodes.Status401Unauthorized) return;
        // RFC 9470 section 3: a client that refreshes on invalid_token would refresh for nothing.
        var error = refusal.Problem == Problem.SecondFactorRequired ? "insufficient_user_authentication" : "invalid_token";
        context.Response.Headers.WWWAuthenticate = bearerShown
            ? $"Bearer error=\"{error}\", error_description=\"{refusal.Problem.Detail(Language.English, refusal.Argument)}\""
            : "Bearer";
    }

    /// <summary>RFC 9470 section 3: the sign-in is in, and not good enough. <c>max_age</c> says how recent it has to be.</summary>
    public static ProblemResult ProveMore(HttpContext context, MissingProof missing)
    {
        var problem = missing.MaxAge is null ? Problem.SecondFactorRequired : Problem.InsufficientUserAuthentication;
        var header = $"Bearer error=\"insufficient_user_authentication\", error_description=\"{problem.English}\"";
        context.Response.Headers.WWWAuthenticate = missing.MaxAge is { } maxAge ? string.Create(CultureInfo.InvariantCulture, $"{header}, max_age=\"{maxAge.TotalSeconds:0}\"") : header;
        return new ProblemResult(problem);
    }

    public static void AddInsufficientScope(HttpContext context, string scope) =>
        context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
}
