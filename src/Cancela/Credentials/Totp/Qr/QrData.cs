using System.Buffers.Binary;

namespace Cancela.Credentials.Totp.Qr;

/// <summary>A message in byte mode as the data codewords of a version (section 7.4).</summary>
internal static class QrData
{
    private const byte ByteMode = 0b0100;

    public static byte[] Encode(ReadOnlySpan<byte> message, QrVersion version)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)message.Length);
        ReadOnlySpan<byte> counted = [.. length[^version.CountBytes..], .. message];

        var codewords = new byte[version.DataCodewords];
        // The mode indicator has four bits, so that each byte after it lies across two codewords.
        var before = ByteMode;
        for (var i = 0; i < counted.Length; i++)
        {
            codewords[i] = (byte)((before << 4) | (counted[i] >> 4));
            before = counted[i];
        }
        // The terminator, 0000, is the other half of the last.
        codewords[counted.Length] = (byte)(before << 4);

        // "The message bit stream shall then be extended to fill the data capacity of the symbol […] by the addition of the
        // Pad Codewords 11101100 and 00010001 alternately."
        var padding = codewords.AsSpan(counted.Length + 1);
        for (var i = 0; i < padding.Length; i++) padding[i] = i % 2 == 0 ? (byte)0b11101100 : (byte)0b00010001;
        return codewords;
    }
}
