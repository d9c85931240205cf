namespace Cancela.Accounts;

/// <summary>What came of deleting an account: one of the cases below and no other.</summary>
internal abstract record AccountDeletion
{
    private AccountDeletion()
    {
    }

    /// <summary>It is gone, with its sessions, and nothing that it was handed counts.</summary>
    public sealed record Deleted : AccountDeletion;

    /// <summary>No such account.</summary>
    public sealed record NotFound : AccountDeletion;

    /// <summary>Nobody would be left who manages accounts.</summary>
    public sealed record LastAdministrator : AccountDeletion;
}
