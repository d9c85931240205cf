using Cancela.Accounts;
using Cancela.Problems;
using Cancela.Strategies;

namespace Cancela.SignIn;

/// <summary>What came of a sign-in: one of the two cases below and no other.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <summary>They are who they say, and were handed a credential.</summary>
    public sealed record SignedIn(Account Account, Grant Grant) : SignInOutcome;

    /// <summary>They were not.</summary>
    public sealed record Refused(Refusal Refusal) : SignInOutcome;

    public static SignInOutcome No(Problem problem, string reason, TimeSpan? retryAfter = null) =>
        new Refused(new Refusal(problem, reason, RetryAfter: retryAfter));
}
