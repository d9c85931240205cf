using Cancela.Problems;

namespace Cancela.SignIn;

/// <summary>What came of checking a proof (a password, a code): one of the three cases below and no other.</summary>
/// <typeparam name="TFound">What is known of one that is right.</typeparam>
internal abstract record CheckOutcome<TFound>
{
    private CheckOutcome()
    {
    }

    /// <summary>It is the one. Whoever decides what follows forgets the failures before it (<see cref="FailedAttempts.Forget"/>).</summary>
    public sealed record Right(Attempt.Taken Attempt, TFound Found) : CheckOutcome<TFound>;

    /// <summary>It is not, or there is nobody to compare with. Whoever decides confirms the count (<see cref="FailedAttempts.Confirm"/>).</summary>
    public sealed record Wrong(Attempt.Taken Attempt) : CheckOutcome<TFound>;

    /// <summary>It was not looked at: too many attempts (429), or too many at once (503).</summary>
    public sealed record NotChecked(Refusal Refusal) : CheckOutcome<TFound>;
}
