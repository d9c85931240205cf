using System.Runtime.CompilerServices;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>Blowfish (Schneier, 1993) as bcrypt needs it: its tables, how they are filled, and one block encrypted.</summary>
internal static unsafe class Blowfish
{
    /// <summary>The subkeys, which the key is XORed into.</summary>
    public const int KeyWords = 18;

    /// <summary>The salt, of which each block that is encrypted while the tables are filled takes half.</summary>
    public const int SaltWords = 4;

    /// <summary>The subkeys and, behind them, four boxes of 256 words.</summary>
    public const int StateWords = KeyWords + (4 * 256);

    /// <summary>The tables as they are before any key: π.</summary>
    public static void Start(uint* state) => PiFraction.Words.CopyTo(new Span<uint>(state, StateWords));

    /// <summary>XORs the key into the subkeys, and replaces all tables by what they encrypt: zeros, and the salt in halves by turns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(uint* state, uint* key, uint* salt)
    {
        for (var i = 0; i < KeyWords; i++) state[i] ^= key[i];
        uint left = 0, right = 0;
        for (var i = 0; i < StateWords; i += 2)
        {
            // The halves are words 0 and 1, then 2 and 3.
            left ^= salt[i & 2];
            right ^= salt[(i & 2) + 1];
            Encrypt(state, ref left, ref right);
            state[i] = left;
            state[i + 1] = right;
        }
    }

    /// <summary>One block of two words: sixteen rounds, written in pairs so that nothing is swapped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encrypt(uint* state, ref uint left, ref uint right)
    {
        var boxes = state + KeyWords;
        var l = left ^ state[0];
        var r = right;
        for (var round = 1; round <= 16; round += 2)
        {
            r ^= Mix(boxes, l) ^ state[round];
            l ^= Mix(boxes, r) ^ state[round + 1];
        }
        left = r ^ state[KeyWords - 1];
        right = l;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint* boxes, uint x) =>
        ((boxes[x >> 24] + boxes[256 + ((x >> 16) & 0xFF)]) ^ boxes[512 + ((x >> 8) & 0xFF)]) + boxes[768 + (x & 0xFF)];
}
