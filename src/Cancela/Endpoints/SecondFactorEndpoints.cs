using Cancela.Gate;
using Cancela.Problems;
using Cancela.SignIn;
using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>The second half of a sign-in: <c>/auth/login/second-factor</c>.</summary>
internal static class SecondFactorEndpoints
{
    /// <summary>Signs in by cookie with the challenge of <c>/auth/login</c> and a code. 200 with the user, and with the recovery codes of a factor that was enrolled.</summary>
    public static async Task<IResult> Pass(
        JsonBody<SecondFactorRequest> body, SecondFactorDesk desk, SignInAnswers answers, Slots slots, CrossSiteGuard guard, HttpContext context, CancellationToken cancellationToken)
    {
        // Login CSRF, as for the first half.
        if (!guard.ComesFromUs(context.Request)) return new ProblemResult(Problem.CrossSiteRequest);
        var proof = SecondFactorProof.Of(body.Value.Code, body.Value.RecoveryCode);
        if (body.Value.Challenge is not { } challenge || proof is null) return Refuse(body.Value.Challenge, proof);

        var outcome = await desk.PassAsync(challenge, proof, slots.Browser, ClientInfoReader.Of(context), cancellationToken);
        return await answers.ByCookieAsync(outcome, context, cancellationToken);
    }

    /// <summary>Begins to enrol an authenticator app with the challenge of a sign-in that needs a second factor and has none. Its first code goes to <c>/auth/login/second-factor</c>.</summary>
    public static async Task<IResult> Enrol(
        JsonBody<ChallengeRequest> body, SecondFactorDesk desk, CrossSiteGuard guard, HttpContext context, CancellationToken cancellationToken)
    {
        if (!guard.ComesFromUs(context.Request)) return new ProblemResult(Problem.CrossSiteRequest);
        if (body.Value.Challenge is not { } challenge) return AccountFields.Refuse([Missing.Challenge()]);
        return await desk.EnrolAsync(challenge, cancellationToken) is { } enrolment
            ? new Answer<TotpEnrolmentResponse>(TotpEnrolmentResponse.Of(enrolment))
            : new ProblemResult(Problem.ChallengeInvalid);
    }

    private static ProblemResult Refuse(string? challenge, SecondFactorProof? proof)
    {
        var faults = new List<FieldFault>();
        if (challenge is null) faults.Add(Missing.Challenge());
        if (proof is null) faults.Add(Missing.Code());
        return AccountFields.Refuse(faults);
    }
}
