using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>scrypt (RFC 7914).</summary>
internal static unsafe class Scrypt
{
    private const int SalsaBytes = 64;
    private const int SalsaWords = SalsaBytes / sizeof(uint);
    private const int SalsaVectors = SalsaWords / 4;

    // Blocks of r = 1: a fifth of a millisecond of work, for longer no request waits for a hash that has its core.
    private const int BlocksBetweenYields = 1024;

    /// <summary>Fills <paramref name="key"/> and leaves the memory wiped.</summary>
    public static void Derive(ScryptCosts costs, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> key, Argon2Memory memory)
    {
        if (!costs.AreAllowed) throw new ArgumentOutOfRangeException(nameof(costs));
        var lanes = GC.AllocateUninitializedArray<byte>(costs.Parallelism * costs.BlockBytes, pinned: true);
        // N blocks that are remembered, and two to work in.
        var rented = (int)((((costs.N + 2L) * costs.BlockBytes) + Argon2Memory.BlockBytes - 1) / Argon2Memory.BlockBytes);
        var blocks = (Vector128<uint>*)memory.Rent(rented);
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(password, salt, lanes, 1, HashAlgorithmName.SHA256);
            for (var lane = 0; lane < costs.Parallelism; lane++) MixLane(costs, lanes.AsSpan(lane * costs.BlockBytes, costs.BlockBytes), blocks);
            Rfc2898DeriveBytes.Pbkdf2(password, lanes, key, 1, HashAlgorithmName.SHA256);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(lanes);
            memory.Return(rented);
        }
    }

    // scryptROMix of section 5.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixLane(ScryptCosts costs, Span<byte> lane, Vector128<uint>* remembered)
    {
        var vectors = costs.BlockBytes / sizeof(Vector128<uint>);
        var yieldEvery = BlocksBetweenYields / costs.BlockSize;
        Read(lane, remembered);
        var x = remembered + ((long)costs.N * vectors);
        var y = x + vectors;
        for (var i = 0; i < costs.N; i++)
        {
            // The last one is not remembered any more: it is where the second half begins.
            var block = remembered + ((long)i * vectors);
            MixBlock(block, block + vectors, costs.BlockSize);
            if (i % yieldEvery == 0) Thread.Yield();
        }
        for (var i = 0; i < costs.N; i++)
        {
            // Integerify: the first word of the last part, modulo a power of two that fits in it.
            var j = x[vectors - SalsaVectors][0] & (uint)(costs.N - 1);
            var block = remembered + (j * vectors);
            for (var v = 0; v < vectors; v++) x[v] ^= block[v];
            MixBlock(x, y, costs.BlockSize);
            var mixed = y;
            y = x;
            x = mixed;
            if (i % yieldEvery == 0) Thread.Yield();
        }
        Write(x, lane);
    }

    // scryptBlockMix of section 4: the parts with even numbers come first, then the odd ones.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixBlock(Vector128<uint>* from, Vector128<uint>* to, int r)
    {
        var last = from + (((2 * r) - 1) * SalsaVectors);
        Vector128<uint> a = last[0], b = last[1], c = last[2], d = last[3];
        for (var part = 0; part < 2 * r; part++)
        {
            var source = from + (part * SalsaVectors);
            a ^= source[0];
            b ^= source[1];
            c ^= source[2];
            d ^= source[3];
            Salsa(ref a, ref b, ref c, ref d);
            var target = to + (((part / 2) + (part % 2 * r)) * SalsaVectors);
            target[0] = a;
            target[1] = b;
            target[2] = c;
            target[3] = d;
        }
    }

    // Salsa20/8 of section 3, on the diagonals of its square of words: four quarter rounds are one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Salsa(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        Vector128<uint> a0 = a, b0 = b, c0 = c, d0 = d;
        for (var twice = 0; twice < 4; twice++)
        {
            Quarters(ref a, ref b, ref c, ref d);
            // The columns become rows ...
            var turned = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            b = turned;
            Quarters(ref a, ref b, ref c, ref d);
            // ... and columns again.
            turned = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            b = turned;
        }
        a += a0;
        b += b0;
        c += c0;
        d += d0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        b ^= Rotate(a + d, 7);
        c ^= Rotate(b + a, 9);
        d ^= Rotate(c + b, 13);
        a ^= Rotate(d + c, 18);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> x, int by) => (x << by) | (x >>> (32 - by));

    // Of each part the diagonals: word (5i + 4j) mod 16 is what lane i of vector j holds.
    private static void Read(ReadOnlySpan<byte> bytes, Vector128<uint>* vectors)
    {
        var words = (uint*)vectors;
        for (var part = 0; part < bytes.Length / SalsaBytes; part++)
            for (var at = 0; at < SalsaWords; at++)
                words[(part * SalsaWords) + at] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((part * SalsaBytes) + (Diagonal(at) * sizeof(uint)))..]);
    }

    private static void Write(Vector128<uint>* vectors, Span<byte> bytes)
    {
        var words = (uint*)vectors;
        for (var part = 0; part < bytes.Length / SalsaBytes; part++)
            for (var at = 0; at < SalsaWords; at++)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes[((part * SalsaBytes) + (Diagonal(at) * sizeof(uint)))..], words[(part * SalsaWords) + at]);
    }

    private static int Diagonal(int at) => ((5 * (at % 4)) + (4 * (at / 4))) % SalsaWords;
}
