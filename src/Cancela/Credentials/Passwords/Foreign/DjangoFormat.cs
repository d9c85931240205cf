using System.Security.Cryptography;
using System.Text;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>Django: <c>pbkdf2_sha256$&lt;iterations&gt;$&lt;salt&gt;$&lt;key&gt;</c>, the salt as text, the key in base64; and the same with <c>pbkdf2_sha1</c>.</summary>
internal static class DjangoFormat
{
    public const string Prefix = "pbkdf2_";

    public static ForeignHash? Parse(string text)
    {
        if (text.Split('$') is not [var algorithm, var count, var salt, var key64]) return null;
        if (Spelling.Number(count) is not { } iterations || Spelling.Base64(key64) is not { } key) return null;
        return algorithm switch
        {
            "pbkdf2_sha256" when key.Length == SHA256.HashSizeInBytes => Of(HashAlgorithmName.SHA256, iterations, salt, key),
            "pbkdf2_sha1" when key.Length == SHA1.HashSizeInBytes => Of(HashAlgorithmName.SHA1, iterations, salt, key),
            _ => null,
        };
    }

    private static Pbkdf2Hash? Of(HashAlgorithmName hash, int iterations, string salt, byte[] key) =>
        Pbkdf2Hash.Of("PBKDF2 of Django", hash, iterations, Encoding.UTF8.GetBytes(salt), key);
}
