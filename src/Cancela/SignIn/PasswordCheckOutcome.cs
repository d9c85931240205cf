using Cancela.Problems;

namespace Cancela.SignIn;

/// <summary>What came of checking a password: one of the three cases below and no other.</summary>
internal abstract record PasswordCheckOutcome
{
    private PasswordCheckOutcome()
    {
    }

    /// <summary>It is the one. Whoever decides what follows forgets the failures before it (<see cref="FailedAttempts.Forget"/>).</summary>
    public sealed record Right(Attempt.Taken Attempt, bool NeedsRehash) : PasswordCheckOutcome;

    /// <summary>It is not, or nobody has that address. Whoever decides confirms the count (<see cref="FailedAttempts.Confirm"/>).</summary>
    public sealed record Wrong(Attempt.Taken Attempt) : PasswordCheckOutcome;

    /// <summary>It was not looked at: too many attempts (429), or too many at once (503).</summary>
    public sealed record NotChecked(Refusal Refusal) : PasswordCheckOutcome;
}
