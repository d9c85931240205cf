using Cancela.Accounts;

namespace Cancela.Strategies;

/// <summary>What a credential says of the account that it was issued to.</summary>
internal sealed record Subject(Guid AccountId, string Email, string Role, int Version)
{
    public static Subject Of(Account account) => new(account.Id, account.Email, account.Role, account.Version);
}
