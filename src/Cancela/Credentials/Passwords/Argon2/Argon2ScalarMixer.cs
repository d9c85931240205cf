using System.Numerics;
using System.Runtime.CompilerServices;

namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>G in 64-bit arithmetic.</summary>
internal readonly unsafe struct Argon2ScalarMixer : IArgon2Mixer
{
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mix(ulong* previous, ulong* reference, ulong* target, bool xor)
    {
        var z = stackalloc ulong[Argon2Memory.BlockWords];
        for (var i = 0; i < Argon2Memory.BlockWords; i++)
        {
            var r = previous[i] ^ reference[i];
            z[i] = r;
            target[i] = xor ? target[i] ^ r : r;
        }
        // The block is a matrix of 8 by 8 registers of two words: P first on its rows, then on its columns.
        for (var row = 0; row < 8; row++) Permute(z + (16 * row), 2);
        for (var column = 0; column < 8; column++) Permute(z + (2 * column), 16);
        for (var i = 0; i < Argon2Memory.BlockWords; i++) target[i] ^= z[i];
    }

    /// <summary>P (section 3.6) on eight registers that lie <paramref name="step"/> words apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Permute(ulong* v, int step)
    {
        ulong v0 = v[0], v1 = v[1], v2 = v[step], v3 = v[step + 1];
        ulong v4 = v[2 * step], v5 = v[(2 * step) + 1], v6 = v[3 * step], v7 = v[(3 * step) + 1];
        ulong v8 = v[4 * step], v9 = v[(4 * step) + 1], v10 = v[5 * step], v11 = v[(5 * step) + 1];
        ulong v12 = v[6 * step], v13 = v[(6 * step) + 1], v14 = v[7 * step], v15 = v[(7 * step) + 1];
        Quarter(ref v0, ref v4, ref v8, ref v12);
        Quarter(ref v1, ref v5, ref v9, ref v13);
        Quarter(ref v2, ref v6, ref v10, ref v14);
        Quarter(ref v3, ref v7, ref v11, ref v15);
        Quarter(ref v0, ref v5, ref v10, ref v15);
        Quarter(ref v1, ref v6, ref v11, ref v12);
        Quarter(ref v2, ref v7, ref v8, ref v13);
        Quarter(ref v3, ref v4, ref v9, ref v14);
        v[0] = v0; v[1] = v1; v[step] = v2; v[step + 1] = v3;
        v[2 * step] = v4; v[(2 * step) + 1] = v5; v[3 * step] = v6; v[(3 * step) + 1] = v7;
        v[4 * step] = v8; v[(4 * step) + 1] = v9; v[5 * step] = v10; v[(5 * step) + 1] = v11;
        v[6 * step] = v12; v[(6 * step) + 1] = v13; v[7 * step] = v14; v[(7 * step) + 1] = v15;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a = Add(a, b);
        d = BitOperations.RotateRight(d ^ a, 32);
        c = Add(c, d);
        b = BitOperations.RotateRight(b ^ c, 24);
        a = Add(a, b);
        d = BitOperations.RotateRight(d ^ a, 16);
        c = Add(c, d);
        b = BitOperations.RotateRight(b ^ c, 63);
    }

    /// <summary>BLAKE2b's addition, hardened by a multiplication: x + y + 2 * trunc(x) * trunc(y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(ulong x, ulong y) => x + y + (2 * (ulong)(uint)x * (uint)y);
}
