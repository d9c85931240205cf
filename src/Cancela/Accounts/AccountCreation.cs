namespace Cancela.Accounts;

/// <summary>What came of creating an account: one of the cases below and no other.</summary>
internal abstract record AccountCreation
{
    private AccountCreation()
    {
    }

    /// <summary>It exists.</summary>
    public sealed record Created(Account Account) : AccountCreation;

    /// <summary>The address is another account's.</summary>
    public sealed record EmailTaken : AccountCreation;
}
