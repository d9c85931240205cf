namespace Cancela.Accounts;

/// <summary>An account as another system had it.</summary>
/// <param name="Email">Its address.</param>
/// <param name="EmailVerified">Whether the other system knows that its owner reads it.</param>
/// <param name="Name">What to call them, if anything.</param>
/// <param name="Role">One that <see cref="Roles.Exists"/>.</param>
/// <param name="PasswordHash">One that sign-in can compare with; <see langword="null"/> for an account without a password.</param>
/// <param name="CreatedAt">When it was made there, where known.</param>
internal sealed record ImportedAccount(
    EmailAddress Email, bool EmailVerified, string? Name, string Role, string? PasswordHash, DateTimeOffset? CreatedAt)
{
    /// <summary>Without the hash and the address.</summary>
    public override string ToString() => nameof(ImportedAccount);
}
