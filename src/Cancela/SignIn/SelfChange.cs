using Cancela.Accounts;

namespace Cancela.SignIn;

/// <summary>What came of changing oneself: one of the two cases below and no other.</summary>
internal abstract record SelfChange
{
    private SelfChange()
    {
    }

    /// <summary>The directory answered.</summary>
    public sealed record Done(AccountUpdate Update) : SelfChange;

    /// <summary>The queue of password hashes is full.</summary>
    public sealed record Overloaded(TimeSpan RetryAfter) : SelfChange;
}
