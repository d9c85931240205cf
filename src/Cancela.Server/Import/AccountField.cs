namespace Cancela.Server.Import;

/// <summary>What is read of an account: the columns of CSV, the members of JSON.</summary>
internal static class AccountField
{
    public const string Email = "email";
    public const string PasswordHash = "password_hash";
    public const string PasswordSalt = "password_salt";
    public const string Name = "name";
    public const string Role = "role";
    public const string EmailVerified = "email_verified";
    public const string CreatedAt = "created_at";

    public static readonly string[] All = [Email, PasswordHash, PasswordSalt, Name, Role, EmailVerified, CreatedAt];

    public static bool IsKnown(string name) => Array.IndexOf(All, name) >= 0;
}
