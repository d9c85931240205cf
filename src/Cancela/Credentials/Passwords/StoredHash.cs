using Cancela.Credentials.Passwords.Foreign;

namespace Cancela.Credentials.Passwords;

/// <summary>What may stand in an account's row: whatever <see cref="PasswordHasher.VerifyAsync"/> can compare with.</summary>
internal static class StoredHash
{
    /// <summary>What people call its format, or null where it could never be compared with.</summary>
    public static string? NameOf(string text) => PhcString.Parse(text) is { } phc ? NameOf(phc) : ForeignHash.Parse(text)?.Name;

    /// <summary>Whether it was made here, or might have been.</summary>
    public static bool IsOurs(string text) => PhcString.Parse(text) is { Parameters.Type: Argon2.Argon2Type.Id };

    private static string NameOf(PhcString phc) => phc.Parameters.Type switch
    {
        Argon2.Argon2Type.D => "Argon2d",
        Argon2.Argon2Type.I => "Argon2i",
        _ => "Argon2id",
    };
}
