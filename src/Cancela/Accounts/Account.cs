namespace Cancela.Accounts;

/// <summary>Who somebody is. Never a password, never a hash.</summary>
/// <param name="Id">UUID, version 7. Never reused.</param>
/// <param name="Email">As its owner wrote it.</param>
/// <param name="EmailVerified">Whether its owner proved to read it.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Role">One of the configured roles: <c>USER</c> or <c>ADMIN</c> out of the box.</param>
/// <param name="Status">Whether the account may be used.</param>
/// <param name="Version">Raised by every change that credentials must follow (role, password, e-mail, ban). Only ever grows.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record Account(
    Guid Id, string Email, bool EmailVerified, string? Name, string Role, AccountStatus Status, int Version, DateTimeOffset CreatedAt);
