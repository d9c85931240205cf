using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cancela.Caching;

/// <summary>A SHA-256 hash as the key of a dictionary: 32 bytes, no allocation.</summary>
internal readonly record struct Digest(ulong A, ulong B, ulong C, ulong D)
{
    public static Digest Of(ReadOnlySpan<byte> data)
    {
        Span<ulong> words = stackalloc ulong[4];
        SHA256.HashData(data, MemoryMarshal.AsBytes(words));
        return new Digest(words[0], words[1], words[2], words[3]);
    }

    /// <summary>A hash that was computed before.</summary>
    public static Digest From(ReadOnlySpan<byte> hash)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(hash);
        return new Digest(words[0], words[1], words[2], words[3]);
    }

    /// <summary>The bits of a cryptographic hash need no further mixing.</summary>
    public override int GetHashCode() => (int)A;

    public byte[] ToArray()
    {
        ReadOnlySpan<ulong> words = [A, B, C, D];
        return MemoryMarshal.AsBytes(words).ToArray();
    }
}
