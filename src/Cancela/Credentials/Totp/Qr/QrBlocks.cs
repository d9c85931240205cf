namespace Cancela.Credentials.Totp.Qr;

/// <summary>Data codewords in blocks, each with its correction, in the order in which they are drawn (section 7.6).</summary>
internal static class QrBlocks
{
    /// <summary>The first codeword of each block, the second of each, and so on: a stain hurts many blocks a little, and none fatally.</summary>
    public static byte[] Interleave(ReadOnlySpan<byte> data, QrVersion version)
    {
        var (blocks, code) = (version.Blocks, new ReedSolomon(version.CorrectionCodewords));
        // What does not divide evenly makes the last blocks longer, by one.
        var (length, longer) = Math.DivRem(data.Length, blocks);
        var shorter = blocks - longer;

        var drawn = new byte[version.Codewords];
        var rest = data;
        for (var block = 0; block < blocks; block++)
        {
            var own = rest[..(block < shorter ? length : length + 1)];
            rest = rest[own.Length..];
            for (var i = 0; i < length; i++) drawn[(i * blocks) + block] = own[i];
            if (own.Length > length) drawn[(length * blocks) + block - shorter] = own[length];
            var correction = code.Correction(own);
            for (var i = 0; i < correction.Length; i++) drawn[data.Length + (i * blocks) + block] = correction[i];
        }
        return drawn;
    }
}
