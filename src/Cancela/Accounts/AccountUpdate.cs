namespace Cancela.Accounts;

/// <summary>What came of changing an account: one of the cases below and no other. Only the first changed anything.</summary>
internal abstract record AccountUpdate
{
    private AccountUpdate()
    {
    }

    /// <summary>As it is now.</summary>
    public sealed record Updated(Account Account) : AccountUpdate;

    /// <summary>No such account.</summary>
    public sealed record NotFound : AccountUpdate;

    /// <summary>The new address is another account's.</summary>
    public sealed record EmailTaken : AccountUpdate;

    /// <summary>The password is no longer the one that was checked.</summary>
    public sealed record PasswordMovedOn : AccountUpdate;

    /// <summary>Nobody would be left who manages accounts.</summary>
    public sealed record LastAdministrator : AccountUpdate;
}
