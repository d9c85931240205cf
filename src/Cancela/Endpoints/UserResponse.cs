using Cancela.Accounts;

namespace Cancela.Endpoints;

/// <summary>An account as its owner and administrators see it.</summary>
public sealed record UserResponse(
    Guid Id, string Email, bool EmailVerified, string? Name, string Role, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt)
{
    internal static UserResponse Of(Account account, Roles roles) => new(
        account.Id, account.Email, account.EmailVerified, account.Name, account.Role, roles.ScopesOf(account.Role), account.CreatedAt);
}
