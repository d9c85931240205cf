using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>Argon2id, version 0x13 (RFC 9106), and its siblings where other systems made the hash.</summary>
internal static unsafe class Argon2id
{
    public const int Version = 0x13;
    private const int SeedBytes = 64;

    /// <summary>The fastest path of this processor.</summary>
    public static Argon2Path BestPath =>
        Avx2.IsSupported ? Argon2Path.Vector256
        : Vector128.IsHardwareAccelerated ? Argon2Path.Vector128
        : Argon2Path.Scalar;

    /// <summary>Fills <paramref name="tag"/> (4 bytes or more) and leaves the memory wiped.</summary>
    public static void Hash(
        Argon2Parameters parameters, in Argon2Input input, Span<byte> tag, Argon2Memory memory, Argon2Path? path = null)
    {
        if (!parameters.AreAllowed) throw new ArgumentOutOfRangeException(nameof(parameters));
        ArgumentOutOfRangeException.ThrowIfLessThan(tag.Length, 4);
        switch (path ?? BestPath)
        {
            case Argon2Path.Vector256: Hash<Argon2Vector256Mixer>(parameters, input, tag, memory); break;
            case Argon2Path.Vector128: Hash<Argon2Vector128Mixer>(parameters, input, tag, memory); break;
            default: Hash<Argon2ScalarMixer>(parameters, input, tag, memory); break;
        }
    }

    private static void Hash<TMixer>(Argon2Parameters parameters, in Argon2Input input, Span<byte> tag, Argon2Memory memory)
        where TMixer : struct, IArgon2Mixer
    {
        // The seed, followed by room for the number of the block and of its lane.
        Span<byte> seed = stackalloc byte[SeedBytes + (2 * sizeof(int))];
        var words = memory.Rent(parameters.Blocks);
        try
        {
            Seed(parameters, input, tag.Length, seed[..SeedBytes]);
            FirstBlocks(parameters, seed, words);
            Argon2Filling<TMixer>.Fill(parameters, words);
            Finish(parameters, words, tag);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            memory.Return(parameters.Blocks);
        }
    }

    // H_0 of section 3.2, step 1.
    private static void Seed(Argon2Parameters parameters, in Argon2Input input, int tagLength, Span<byte> seed)
    {
        var hash = new Blake2b(SeedBytes);
        hash.Update(parameters.Parallelism);
        hash.Update(tagLength);
        hash.Update(parameters.MemoryKiB);
        hash.Update(parameters.Iterations);
        hash.Update(Version);
        hash.Update((int)parameters.Type);
        hash.Update(input.Password.Length);
        hash.Update(input.Password);
        hash.Update(input.Salt.Length);
        hash.Update(input.Salt);
        hash.Update(input.Secret.Length);
        hash.Update(input.Secret);
        hash.Update(input.AssociatedData.Length);
        hash.Update(input.AssociatedData);
        hash.Finish(seed);
    }

    // Steps 3 and 4: the first two blocks of each lane.
    private static void FirstBlocks(Argon2Parameters parameters, Span<byte> seed, ulong* words)
    {
        var laneBlocks = parameters.Blocks / parameters.Parallelism;
        for (var lane = 0; lane < parameters.Parallelism; lane++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(seed[(SeedBytes + sizeof(int))..], lane);
            for (var block = 0; block < 2; block++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(seed[SeedBytes..], block);
                var target = new Span<byte>(words + ((long)((lane * laneBlocks) + block) * Argon2Memory.BlockWords), Argon2Memory.BlockBytes);
                LongHash(seed, target);
                SwapToNative(target);
            }
        }
    }

    // Step 7: the last blocks of the lanes, XORed, are hashed into the tag.
    private static void Finish(Argon2Parameters parameters, ulong* words, Span<byte> tag)
    {
        var laneWords = (long)(parameters.Blocks / parameters.Parallelism) * Argon2Memory.BlockWords;
        var last = new Span<ulong>(words + laneWords - Argon2Memory.BlockWords, Argon2Memory.BlockWords);
        for (var lane = 1; lane < parameters.Parallelism; lane++)
        {
            var other = words + ((lane + 1) * laneWords) - Argon2Memory.BlockWords;
            for (var i = 0; i < last.Length; i++) last[i] ^= other[i];
        }
        var bytes = MemoryMarshal.AsBytes(last);
        SwapToNative(bytes);
        LongHash(bytes, tag);
    }

    /// <summary>H', the hash of any length (section 3.3).</summary>
    private static void LongHash(ReadOnlySpan<byte> message, Span<byte> output)
    {
        var whole = output.Length <= Blake2b.MaximumOutput;
        Span<byte> link = stackalloc byte[Blake2b.MaximumOutput];
        if (whole) link = link[..output.Length];
        var hash = new Blake2b(link.Length);
        hash.Update(output.Length);
        hash.Update(message);
        hash.Finish(link);
        if (!whole)
        {
            // Each link but the last gives its first half.
            while (output.Length > Blake2b.MaximumOutput)
            {
                link[..32].CopyTo(output);
                output = output[32..];
                if (output.Length > Blake2b.MaximumOutput) Blake2b.Hash(link, link);
            }
            Blake2b.Hash(link, output);
        }
        else
        {
            link.CopyTo(output);
        }
        CryptographicOperations.ZeroMemory(link);
    }

    // Blocks are little-endian words in the standard.
    private static void SwapToNative(Span<byte> block)
    {
        if (BitConverter.IsLittleEndian) return;
        var words = MemoryMarshal.Cast<byte, ulong>(block);
        BinaryPrimitives.ReverseEndianness(words, words);
    }
}
