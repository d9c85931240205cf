using System.Security.Cryptography;
using System.Text;

namespace Cancela.Credentials.RecoveryCodes;

/// <summary>
/// A code to be kept on paper for the day the other factor is lost: 120 random bits, so that one SHA-256 keeps it (OWASP ASVS 6.5.2: from
/// 112 bits on), in letters and digits that nobody mistakes for others.
/// </summary>
internal static class RecoveryCode
{
    private const int Length = 24;
    private const int Group = 6;

    // Crockford's base 32: no I, L, O and U.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A new one, as it is shown: <c>k3f9ta-7q0x2m-w8h4dz-5c1vbn</c>.</summary>
    public static string New()
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, Length);
        return string.Join('-', letters.Chunk(Group).Select(static group => new string(group)));
    }

    /// <summary>What the store has of it; <see langword="null"/> for what cannot be one. However it was typed: capitals, spaces, an O for a zero.</summary>
    public static string? Hash(string typed)
    {
        if (typed.Length > 100) return null;
        var letters = new StringBuilder(Length);
        foreach (var letter in typed.ToLowerInvariant())
        {
            if (letter is '-' || char.IsWhiteSpace(letter)) continue;
            var meant = letter switch { 'o' => '0', 'i' or 'l' => '1', _ => letter };
            if (!Alphabet.Contains(meant, StringComparison.Ordinal)) return null;
            letters.Append(meant);
        }
        return letters.Length == Length ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(letters.ToString()))) : null;
    }
}
