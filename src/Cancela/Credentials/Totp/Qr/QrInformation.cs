using System.Numerics;

namespace Cancela.Credentials.Totp.Qr;

/// <summary>What a code says of itself, so that a reader can read the rest, with a correction of its own.</summary>
internal static class QrInformation
{
    // Table 12.
    private const int LevelM = 0b00;

    // These are turned over, lest level M with mask 0 be fifteen light modules.
    private const int FormatMask = 0b101_0100_0001_0010;

    /// <summary>Section 7.9: fifteen bits, the level and the mask.</summary>
    /// <param name="mask">0 to 7.</param>
    public static int OfFormat(int mask) => WithRemainder((LevelM << 3) | mask, 0b101_0011_0111) ^ FormatMask;

    /// <summary>Section 7.10: eighteen bits, for the versions from 7 on.</summary>
    public static int OfVersion(QrVersion version) => WithRemainder(version.Number, 0b1_1111_0010_0101);

    // Annexes C and D: a BCH and a Golay code. The remainder of a division of polynomials over the bits follows what was divided.
    private static int WithRemainder(int bits, int generator)
    {
        var degree = BitOperations.Log2((uint)generator);
        var rest = bits << degree;
        while (rest >> degree != 0) rest ^= generator << (BitOperations.Log2((uint)rest) - degree);
        return (bits << degree) | rest;
    }
}
