using System.Runtime.CompilerServices;

namespace Cancela.Bench.Micro;

/// <summary>IDs without order, each drawn from its number in a few nanoseconds: a list of them would take the caches from what is asked about them.</summary>
internal static class RandomIds
{
    public static Guid Of(ulong number) => Unsafe.BitCast<UInt128, Guid>(new UInt128(Mix(number), Mix(~number)));

    /// <summary>One of the first so many.</summary>
    public static Guid AmongFirst(int count, ulong number) => Of(Math.BigMul(Mix(number), (ulong)count, out _));

    // The finalizer of SplitMix64: numbers in a row become numbers without order.
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
