using System.Buffers.Binary;
using System.Numerics;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>
/// The first 33,344 bits of π behind the point: what Blowfish's tables begin with, because nobody chose them. Computed once, where others
/// carry a thousand constants: nothing to mistype, and nothing to take on trust.
/// </summary>
internal static class PiFraction
{
    private const int WordBits = 32;

    // What the terms of the series are rounded by stays below this.
    private const int GuardBits = 64;

    private static readonly Lazy<uint[]> Computed = new(Compute);

    /// <summary>The words of Blowfish's state.</summary>
    public static ReadOnlySpan<uint> Words => Computed.Value;

    private static uint[] Compute()
    {
        const int bits = Blowfish.StateWords * WordBits;
        var one = BigInteger.One << (bits + GuardBits);
        // Machin, 1706: π = 16 arctan(1/5) − 4 arctan(1/239).
        var pi = (16 * ArcTangent(one, 5)) - (4 * ArcTangent(one, 239));
        var fraction = (pi - (3 * one)) >> GuardBits;
        var bytes = fraction.ToByteArray(isUnsigned: true, isBigEndian: true);
        var words = new uint[Blowfish.StateWords];
        for (var i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(sizeof(uint) * i));
        return words;
    }

    /// <summary>arctan(1/x) = 1/x − 1/3x³ + 1/5x⁵ − …</summary>
    private static BigInteger ArcTangent(BigInteger one, int x)
    {
        var power = one / x;
        var sum = power;
        for (var n = 3; !power.IsZero; n += 2)
        {
            power /= x * x;
            sum += n % 4 == 3 ? -(power / n) : power / n;
        }
        return sum;
    }
}
