using Cancela.Accounts;
using Cancela.Problems;
using Cancela.Strategies;

namespace Cancela.SignIn;

/// <summary>What came of a sign-in: one of the three cases below and no other.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <summary>They are who they say, and were handed a credential.</summary>
    /// <param name="Account">Who.</param>
    /// <param name="Grant">The credential.</param>
    /// <param name="RecoveryCodes">Those of a second factor that was enrolled with the sign-in, told once.</param>
    public sealed record SignedIn(Account Account, Grant Grant, IReadOnlyList<string>? RecoveryCodes = null) : SignInOutcome;

    /// <summary>The password was right, and is not enough.</summary>
    /// <param name="Challenge">What the sign-in goes on with.</param>
    /// <param name="Lifetime">How long.</param>
    /// <param name="Enrolling">They have no second factor yet, and enrol one.</param>
    public sealed record SecondFactorNeeded(string Challenge, TimeSpan Lifetime, bool Enrolling) : SignInOutcome;

    /// <summary>They were not.</summary>
    public sealed record Refused(Refusal Refusal) : SignInOutcome;

    public static SignInOutcome No(Problem problem, string reason, TimeSpan? retryAfter = null) =>
        new Refused(new Refusal(problem, reason, RetryAfter: retryAfter));
}
