using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>G in 128-bit registers: one row or column of the matrix at a time, eight registers of two words.</summary>
internal readonly unsafe struct Argon2Vector128Mixer : IArgon2Mixer
{
    private const int Registers = Argon2Memory.BlockWords / 2;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mix(ulong* previous, ulong* reference, ulong* target, bool xor)
    {
        var z = stackalloc Vector128<ulong>[Registers];
        for (var i = 0; i < Registers; i++)
        {
            var r = Vector128.Load(previous + (2 * i)) ^ Vector128.Load(reference + (2 * i));
            z[i] = r;
            (xor ? Vector128.Load(target + (2 * i)) ^ r : r).Store(target + (2 * i));
        }
        for (var row = 0; row < 8; row++) Permute(z + (8 * row), 1);
        for (var column = 0; column < 8; column++) Permute(z + column, 8);
        for (var i = 0; i < Registers; i++) (Vector128.Load(target + (2 * i)) ^ z[i]).Store(target + (2 * i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Permute(Vector128<ulong>* v, int step)
    {
        Vector128<ulong> a0 = v[0], a1 = v[step], b0 = v[2 * step], b1 = v[3 * step];
        Vector128<ulong> c0 = v[4 * step], c1 = v[5 * step], d0 = v[6 * step], d1 = v[7 * step];
        Quarter(ref a0, ref b0, ref c0, ref d0);
        Quarter(ref a1, ref b1, ref c1, ref d1);
        // The diagonals become columns ...
        (b0, b1) = (Middle(b0, b1), Middle(b1, b0));
        (c0, c1) = (c1, c0);
        (d0, d1) = (Middle(d1, d0), Middle(d0, d1));
        Quarter(ref a0, ref b0, ref c0, ref d0);
        Quarter(ref a1, ref b1, ref c1, ref d1);
        // ... and diagonals again.
        (b0, b1) = (Middle(b1, b0), Middle(b0, b1));
        (c0, c1) = (c1, c0);
        (d0, d1) = (Middle(d0, d1), Middle(d1, d0));
        v[0] = a0; v[step] = a1; v[2 * step] = b0; v[3 * step] = b1;
        v[4 * step] = c0; v[5 * step] = c1; v[6 * step] = d0; v[7 * step] = d1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(ref Vector128<ulong> a, ref Vector128<ulong> b, ref Vector128<ulong> c, ref Vector128<ulong> d)
    {
        a = Add(a, b);
        d = Vector128.Shuffle((d ^ a).AsUInt32(), Vector128.Create(1u, 0, 3, 2)).AsUInt64();
        c = Add(c, d);
        b = Rotate24(b ^ c);
        a = Add(a, b);
        d = Rotate16(d ^ a);
        c = Add(c, d);
        b = Rotate63(b ^ c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Add(Vector128<ulong> x, Vector128<ulong> y)
    {
        var product = MultiplyLow(x, y);
        return x + y + product + product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyLow(Vector128<ulong> x, Vector128<ulong> y)
    {
        if (Sse2.IsSupported) return Sse2.Multiply(x.AsUInt32(), y.AsUInt32());
        if (AdvSimd.IsSupported) return AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(x), AdvSimd.ExtractNarrowingLower(y));
        var low = Vector128.Create((ulong)uint.MaxValue);
        return (x & low) * (y & low);
    }

    // Bytes are moved in one instruction where the processor has one for it.
    private static bool MovesBytes => Ssse3.IsSupported || AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Rotate24(Vector128<ulong> x) => MovesBytes
        ? Vector128.Shuffle(x.AsByte(), Vector128.Create((byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10)).AsUInt64()
        : (x >>> 24) | (x << 40);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Rotate16(Vector128<ulong> x) => MovesBytes
        ? Vector128.Shuffle(x.AsByte(), Vector128.Create((byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9)).AsUInt64()
        : (x >>> 16) | (x << 48);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Rotate63(Vector128<ulong> x) => (x >>> 63) ^ (x + x);

    /// <summary>The upper word of the one and the lower word of the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Middle(Vector128<ulong> x, Vector128<ulong> y)
    {
        if (Sse2.IsSupported) return Sse2.Shuffle(x.AsDouble(), y.AsDouble(), 0b01).AsUInt64();
        if (AdvSimd.IsSupported) return AdvSimd.ExtractVector128(x, y, 1);
        return Vector128.Create(x.GetElement(1), y.GetElement(0));
    }
}
