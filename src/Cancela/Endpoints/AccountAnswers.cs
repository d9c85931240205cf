using Cancela.Accounts;
using Cancela.Problems;
using Cancela.SignIn;

namespace Cancela.Endpoints;

/// <summary>How the directory's refusals are told.</summary>
internal static class AccountAnswers
{
    public static ProblemResult? ProblemOf(SelfChange change) => change switch
    {
        SelfChange.Done(var update) => ProblemOf(update),
        SelfChange.Overloaded(var retryAfter) => new ProblemResult(Problem.Overloaded) { RetryAfter = retryAfter },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static ProblemResult? ProblemOf(AccountUpdate update) => update switch
    {
        AccountUpdate.Updated => null,
        AccountUpdate.NotFound => new ProblemResult(Problem.NotFound),
        AccountUpdate.EmailTaken => new ProblemResult(Problem.EmailTaken),
        // The present password was changed by somebody else between the check and the change, or nobody would be left to administrate.
        AccountUpdate.PasswordMovedOn or AccountUpdate.LastAdministrator => new ProblemResult(Problem.Conflict),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
