using System.Security.Cryptography;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>
/// Passlib: <c>$pbkdf2-sha256$&lt;rounds&gt;$&lt;salt&gt;$&lt;key&gt;</c>, and the same with <c>pbkdf2-sha512</c> and <c>pbkdf2</c> (SHA-1). Salt and
/// key are in base64 without padding, with '.' in the place of '+'.
/// </summary>
internal static class PasslibFormat
{
    public const string Prefix = "$pbkdf2";

    public static ForeignHash? Parse(string text)
    {
        if (text.Split('$') is not ["", var algorithm, var rounds, var salt64, var key64]) return null;
        if (Spelling.Number(rounds) is not { } iterations || Bytes(salt64) is not { } salt || Bytes(key64) is not { } key) return null;
        return algorithm switch
        {
            "pbkdf2-sha256" when key.Length == SHA256.HashSizeInBytes => Of(HashAlgorithmName.SHA256, iterations, salt, key),
            "pbkdf2-sha512" when key.Length == SHA512.HashSizeInBytes => Of(HashAlgorithmName.SHA512, iterations, salt, key),
            "pbkdf2" when key.Length == SHA1.HashSizeInBytes => Of(HashAlgorithmName.SHA1, iterations, salt, key),
            _ => null,
        };
    }

    private static Pbkdf2Hash? Of(HashAlgorithmName hash, int iterations, byte[] salt, byte[] key) =>
        Pbkdf2Hash.Of("PBKDF2 of passlib", hash, iterations, salt, key);

    private static byte[]? Bytes(string text) =>
        text.Contains('+', StringComparison.Ordinal) ? null : Spelling.UnpaddedBase64(text.Replace('.', '+'));
}
