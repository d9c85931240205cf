using System.Runtime.CompilerServices;

namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>Fills the memory (RFC 9106 sections 3.2 and 3.4): each block is made of the one before it and of an earlier one.</summary>
internal static unsafe class Argon2Filling<TMixer> where TMixer : struct, IArgon2Mixer
{
    private const int Words = Argon2Memory.BlockWords;
    private const int Slices = 4;

    // Two tenths of a millisecond of work: for longer no request waits for a hash that has its core. The system gives a core back only after
    // milliseconds, and a thread of a lower priority keeps it no shorter. Given back more often, a busy node would hardly hash any more.
    private const int BlocksBetweenYields = 512;

    /// <summary>One segment: the part of a lane that is filled in one slice of one pass.</summary>
    private readonly record struct Segment(int Pass, int Slice, int Lane, int LaneBlocks)
    {
        public int Blocks => LaneBlocks / Slices;

        // Argon2id: the first half of the first pass picks its blocks without looking at the password.
        public bool IsDataIndependent(Argon2Type type) => type == Argon2Type.I || (type == Argon2Type.Id && Pass == 0 && Slice < Slices / 2);

        // The first two blocks of each lane come from the seed.
        public int First => Pass == 0 && Slice == 0 ? 2 : 0;
    }

    public static void Fill(Argon2Parameters parameters, ulong* memory)
    {
        var laneBlocks = parameters.Blocks / parameters.Parallelism;
        for (var pass = 0; pass < parameters.Iterations; pass++)
            for (var slice = 0; slice < Slices; slice++)
                for (var lane = 0; lane < parameters.Parallelism; lane++)
                    FillSegment(parameters, new Segment(pass, slice, lane, laneBlocks), memory);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillSegment(Argon2Parameters parameters, Segment segment, ulong* memory)
    {
        var addresses = stackalloc ulong[3 * Words];
        var counter = addresses + Words;
        new Span<ulong>(addresses, 3 * Words).Clear();
        counter[0] = (ulong)segment.Pass;
        counter[1] = (ulong)segment.Lane;
        counter[2] = (ulong)segment.Slice;
        counter[3] = (ulong)parameters.Blocks;
        counter[4] = (ulong)parameters.Iterations;
        counter[5] = (ulong)parameters.Type;
        var isDataIndependent = segment.IsDataIndependent(parameters.Type);

        var lane = memory + ((long)segment.Lane * segment.LaneBlocks * Words);
        for (var index = segment.First; index < segment.Blocks; index++)
        {
            var block = (segment.Slice * segment.Blocks) + index;
            var previous = lane + ((long)(block == 0 ? segment.LaneBlocks - 1 : block - 1) * Words);
            ulong random;
            if (isDataIndependent)
            {
                if (index % Words == 0 || index == segment.First) NextAddresses(addresses, counter);
                random = addresses[index % Words];
            }
            else
            {
                random = *previous;
            }
            var reference = Reference(parameters, segment, index, random);
            TMixer.Mix(previous, memory + (reference * Words), lane + ((long)block * Words), xor: segment.Pass > 0);
            if (block % BlocksBetweenYields == 0) Thread.Yield();
        }
    }

    // Section 3.4.1.2: 128 addresses at a time, G(zero, G(zero, counter)). The block after the counter stays zero.
    private static void NextAddresses(ulong* addresses, ulong* counter)
    {
        var zero = counter + Words;
        var once = stackalloc ulong[Words];
        counter[6]++;
        TMixer.Mix(zero, counter, once, xor: false);
        TMixer.Mix(zero, once, addresses, xor: false);
    }

    // Section 3.4.2: which block the 64 random bits J_2 || J_1 point to.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Reference(Argon2Parameters parameters, Segment segment, int index, ulong random)
    {
        var isFirstSlice = segment.Pass == 0 && segment.Slice == 0;
        var lane = isFirstSlice || parameters.Parallelism == 1 ? segment.Lane : (int)((random >> 32) % (ulong)parameters.Parallelism);
        // Finished segments, and of the own lane also the current one but for the block just before; of another lane
        // the last block of its finished segments is left out when the current segment begins.
        var finished = segment.Pass == 0 ? segment.Slice * segment.Blocks : segment.LaneBlocks - segment.Blocks;
        var area = finished + (lane == segment.Lane ? index - 1 : index == 0 ? -1 : 0);
        ulong x = (uint)random;
        x = (x * x) >> 32;
        var distance = area - 1 - (long)(((ulong)area * x) >> 32);
        var start = segment.Pass == 0 || segment.Slice == Slices - 1 ? 0 : (segment.Slice + 1) * segment.Blocks;
        var position = start + distance;
        if (position >= segment.LaneBlocks) position -= segment.LaneBlocks;
        return ((long)lane * segment.LaneBlocks) + position;
    }
}
