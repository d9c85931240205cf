using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>G in 256-bit registers (AVX2): two rows or two columns of the matrix at a time, to keep both multipliers busy.</summary>
internal readonly unsafe struct Argon2Vector256Mixer : IArgon2Mixer
{
    // A register of four words is half of a row, or the crossing of a row and two columns.
    private const int Registers = Argon2Memory.BlockWords / 4;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mix(ulong* previous, ulong* reference, ulong* target, bool xor)
    {
        var z = stackalloc Vector256<ulong>[Registers];
        var x = (Vector256<ulong>*)previous;
        var y = (Vector256<ulong>*)reference;
        var t = (Vector256<ulong>*)target;
        for (var i = 0; i < Registers; i += 8) Rows(x + i, y + i, t + i, z + i, xor);
        for (var i = 0; i < 4; i++) Columns(z + i, t + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows(Vector256<ulong>* x, Vector256<ulong>* y, Vector256<ulong>* t, Vector256<ulong>* z, bool xor)
    {
        Vector256<ulong> a0 = x[0] ^ y[0], b0 = x[1] ^ y[1], c0 = x[2] ^ y[2], d0 = x[3] ^ y[3];
        Vector256<ulong> a1 = x[4] ^ y[4], b1 = x[5] ^ y[5], c1 = x[6] ^ y[6], d1 = x[7] ^ y[7];
        if (xor)
        {
            t[0] ^= a0; t[1] ^= b0; t[2] ^= c0; t[3] ^= d0;
            t[4] ^= a1; t[5] ^= b1; t[6] ^= c1; t[7] ^= d1;
        }
        else
        {
            t[0] = a0; t[1] = b0; t[2] = c0; t[3] = d0;
            t[4] = a1; t[5] = b1; t[6] = c1; t[7] = d1;
        }
        Quarters(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        // The diagonals become columns (the words of b, c, d turn left by 1, 2, 3) ...
        b0 = Avx2.Permute4x64(b0, 0b00_11_10_01);
        b1 = Avx2.Permute4x64(b1, 0b00_11_10_01);
        c0 = Avx2.Permute4x64(c0, 0b01_00_11_10);
        c1 = Avx2.Permute4x64(c1, 0b01_00_11_10);
        d0 = Avx2.Permute4x64(d0, 0b10_01_00_11);
        d1 = Avx2.Permute4x64(d1, 0b10_01_00_11);
        Quarters(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        // ... and diagonals again.
        z[0] = a0;
        z[1] = Avx2.Permute4x64(b0, 0b10_01_00_11);
        z[2] = Avx2.Permute4x64(c0, 0b01_00_11_10);
        z[3] = Avx2.Permute4x64(d0, 0b00_11_10_01);
        z[4] = a1;
        z[5] = Avx2.Permute4x64(b1, 0b10_01_00_11);
        z[6] = Avx2.Permute4x64(c1, 0b01_00_11_10);
        z[7] = Avx2.Permute4x64(d1, 0b00_11_10_01);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(Vector256<ulong>* z, Vector256<ulong>* t)
    {
        Vector256<ulong> a0 = z[0], a1 = z[4], b0 = z[8], b1 = z[12], c0 = z[16], c1 = z[20], d0 = z[24], d1 = z[28];
        Quarters(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        (b0, b1) = (Middle(b0, b1), Middle(b1, b0));
        (d0, d1) = (Middle(d1, d0), Middle(d0, d1));
        Quarters(ref a0, ref b0, ref c1, ref d0, ref a1, ref b1, ref c0, ref d1);
        t[0] ^= a0;
        t[4] ^= a1;
        t[8] ^= Middle(b1, b0);
        t[12] ^= Middle(b0, b1);
        t[16] ^= c0;
        t[20] ^= c1;
        t[24] ^= Middle(d0, d1);
        t[28] ^= Middle(d1, d0);
    }

    /// <summary>Eight quarter rounds, in step: neither half waits for the other's multiplication.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        ref Vector256<ulong> a0, ref Vector256<ulong> b0, ref Vector256<ulong> c0, ref Vector256<ulong> d0,
        ref Vector256<ulong> a1, ref Vector256<ulong> b1, ref Vector256<ulong> c1, ref Vector256<ulong> d1)
    {
        a0 = Add(a0, b0);
        a1 = Add(a1, b1);
        d0 = Rotate32(d0 ^ a0);
        d1 = Rotate32(d1 ^ a1);
        c0 = Add(c0, d0);
        c1 = Add(c1, d1);
        b0 = Rotate24(b0 ^ c0);
        b1 = Rotate24(b1 ^ c1);
        a0 = Add(a0, b0);
        a1 = Add(a1, b1);
        d0 = Rotate16(d0 ^ a0);
        d1 = Rotate16(d1 ^ a1);
        c0 = Add(c0, d0);
        c1 = Add(c1, d1);
        b0 = Rotate63(b0 ^ c0);
        b1 = Rotate63(b1 ^ c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Add(Vector256<ulong> x, Vector256<ulong> y)
    {
        var product = Avx2.Multiply(x.AsUInt32(), y.AsUInt32());
        return x + y + (product + product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Rotate32(Vector256<ulong> x) => Avx2.Shuffle(x.AsUInt32(), 0b10_11_00_01).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Rotate24(Vector256<ulong> x) => Avx2.Shuffle(x.AsByte(), Vector256.Create(
        3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, (byte)10)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Rotate16(Vector256<ulong> x) => Avx2.Shuffle(x.AsByte(), Vector256.Create(
        2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, (byte)9)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Rotate63(Vector256<ulong> x) => (x >>> 63) ^ (x + x);

    /// <summary>In each half, the upper word of the one and the lower word of the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Middle(Vector256<ulong> x, Vector256<ulong> y) =>
        Avx2.AlignRight(y.AsByte(), x.AsByte(), 8).AsUInt64();
}
