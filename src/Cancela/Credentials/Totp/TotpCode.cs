using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Cancela.Credentials.Totp;

/// <summary>RFC 6238: six digits that follow from a secret and the half minute that it is.</summary>
internal static class TotpCode
{
    /// <summary>RFC 4226 section 4, R6: "The algorithm MUST use a strong shared secret […] a shared secret length of 160 bits" is recommended.</summary>
    public const int SecretBytes = 20;

    public const int Digits = 6;

    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private const int Modulus = 1_000_000;

    /// <summary>The number of the step that an instant is in.</summary>
    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of a step, as a person reads it.</summary>
    public static string Compute(ReadOnlySpan<byte> secret, long step, TotpAlgorithm algorithm) =>
        Number(secret, step, algorithm).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>Which step the code is of, at most <paramref name="skew"/> away from <paramref name="now"/>; <see langword="null"/>: of none. All are computed, whichever it is.</summary>
    public static long? Find(ReadOnlySpan<byte> secret, string code, long now, int skew, TotpAlgorithm algorithm)
    {
        if (Read(code) is not { } shown) return null;
        long? found = null;
        for (var step = now - skew; step <= now + skew; step++)
            if (Number(secret, step, algorithm) == shown) found = step;
        return found;
    }

    /// <summary>As the key URI format and the table write it.</summary>
    public static string NameOf(TotpAlgorithm algorithm) => algorithm == TotpAlgorithm.Sha256 ? "SHA256" : "SHA1";

    public static TotpAlgorithm AlgorithmOf(string name) => name == "SHA256" ? TotpAlgorithm.Sha256 : TotpAlgorithm.Sha1;

    // Apps show it as two groups of three, and people type what they see.
    private static int? Read(string code)
    {
        var digits = code.AsSpan().Trim().ToString().Replace(" ", "", StringComparison.Ordinal);
        return digits.Length == Digits && digits.All(char.IsAsciiDigit) ? int.Parse(digits, CultureInfo.InvariantCulture) : null;
    }

    // RFC 4226 section 5.3: dynamic truncation.
    private static int Number(ReadOnlySpan<byte> secret, long step, TotpAlgorithm algorithm)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = algorithm == TotpAlgorithm.Sha256 ? HMACSHA256.HashData(secret, counter, mac) : HashSha1(secret, counter, mac);
        var offset = mac[length - 1] & 0x0F;
        return (int)((BinaryPrimitives.ReadUInt32BigEndian(mac[offset..]) & 0x7FFF_FFFF) % Modulus);
    }

    // CA5350: RFC 6238's default, in HMAC, whose security does not rest on what was broken (NIST SP 800-107 section 5.3.4).
#pragma warning disable CA5350
    private static int HashSha1(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> counter, Span<byte> mac) => HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
}
