namespace Cancela.Credentials.Totp.Qr;

/// <summary>
/// Reed-Solomon correction (section 7.5): codewords are coefficients in GF(256), and the correction is the remainder of
/// their division by a generator polynomial.
/// </summary>
internal sealed class ReedSolomon
{
    // "The polynomial arithmetic for QR Code shall be calculated using bit-wise modulo 2 arithmetic and byte-wise modulo
    // 100011101 arithmetic."
    private const int Modulus = 0b1_0001_1101;

    // Two is a generator: its powers run through all but zero.
    private static readonly byte[] Power = PowersOfTwo();
    private static readonly byte[] Logarithm = LogarithmsOf(Power);

    // The coefficients from the highest, which is 1.
    private readonly byte[] _generator = [1];

    /// <param name="codewords">How many codewords of correction a block gets.</param>
    public ReedSolomon(int codewords)
    {
        // Annex A: the product of (x - 2^0) to (x - 2^(n-1)); in this field plus is minus.
        for (var i = 0; i < codewords; i++)
        {
            var product = new byte[_generator.Length + 1];
            for (var j = 0; j < _generator.Length; j++)
            {
                product[j] ^= _generator[j];
                product[j + 1] ^= Multiply(_generator[j], Power[i]);
            }
            _generator = product;
        }
    }

    public byte[] Correction(ReadOnlySpan<byte> block)
    {
        // The division on paper: what is subtracted clears the leading coefficient, which is then left behind.
        var rest = new byte[block.Length + _generator.Length - 1];
        block.CopyTo(rest);
        for (var i = 0; i < block.Length; i++)
        {
            var factor = rest[i];
            for (var j = 0; j < _generator.Length; j++) rest[i + j] ^= Multiply(_generator[j], factor);
        }
        return rest[block.Length..];
    }

    private static byte Multiply(byte a, byte b) =>
        a == 0 || b == 0 ? (byte)0 : Power[(Logarithm[a] + Logarithm[b]) % Power.Length];

    private static byte[] PowersOfTwo()
    {
        var powers = new byte[255];
        for (int i = 0, power = 1; i < powers.Length; i++)
        {
            powers[i] = (byte)power;
            power <<= 1;
            if (power > byte.MaxValue) power ^= Modulus;
        }
        return powers;
    }

    private static byte[] LogarithmsOf(byte[] powers)
    {
        var logarithms = new byte[256];
        for (var i = 0; i < powers.Length; i++) logarithms[powers[i]] = (byte)i;
        return logarithms;
    }
}
