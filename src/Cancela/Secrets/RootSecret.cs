using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cancela.Secrets;

/// <summary>The deployment's one secret. What needs a key of its own derives it (RFC 5869), so that no two uses share one.</summary>
internal sealed class RootSecret
{
    public const int MinimumBytes = 32;

    private const string NotBase64Url = "must be base64url (A-Z a-z 0-9 - _), for example the output of: openssl rand -base64 32 | tr '+/' '-_' | tr -d '='";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly byte[] _bytes;

    private RootSecret(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads what the setting says. It was validated at start.</summary>
    public static RootSecret Parse(string text) => new(Base64Url.DecodeFromChars(text.AsSpan().Trim()));

    /// <summary>A new one, as the setting would say it.</summary>
    public static string Generate() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(MinimumBytes));

    /// <summary>What is wrong with the text, or <see langword="null"/>. Never repeats the text.</summary>
    /// <param name="text">What the setting says.</param>
    /// <param name="setting">Its name.</param>
    public static string? FaultOf(string text, string setting)
    {
        var trimmed = text.AsSpan().Trim();
        var valid = Base64Url.IsValid(trimmed, out var length);
        if (!valid && trimmed.ContainsAnyExcept(Alphabet)) return $"{setting} {NotBase64Url}";

        // Five letters are no base64url either, but what is wrong with them is that they are five.
        if (!valid) length = trimmed.Length * 3 / 4;
        if (length < MinimumBytes) return $"{setting} has {length} bytes: at least {MinimumBytes} are needed (RFC 7518 section 3.2).";
        if (!valid) return $"{setting} {NotBase64Url}";
        var bytes = Base64Url.DecodeFromChars(trimmed);
        // A repeated byte or a short word repeated is a sample, not a secret.
        return bytes.Distinct().Count() < 12 ? $"{setting} is not random: make one with a generator." : null;
    }

    /// <summary>A key of 32 bytes for one purpose.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, MinimumBytes, info: Encoding.UTF8.GetBytes(purpose));
}
