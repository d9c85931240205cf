using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>BLAKE2b (RFC 7693). Scalar only: of an Argon2id hash it does a few microseconds.</summary>
/// <remarks>Feed it with <see cref="Update(ReadOnlySpan{byte})"/>, then call <see cref="Finish"/> once, which wipes it.</remarks>
internal ref struct Blake2b
{
    public const int MaximumOutput = 64;
    private const int BlockSize = 128;

    private static readonly ulong[] Initial =
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    // Section 2.7: the order of the message words in each round; rounds 10 and 11 repeat rounds 0 and 1.
    private static ReadOnlySpan<byte> Sigma =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    private readonly int _outputLength;
    private Words8 _state;
    private Block _block;
    private int _filled;
    private ulong _total;

    [InlineArray(8)]
    private struct Words8
    {
        private ulong _first;
    }

    [InlineArray(BlockSize)]
    private struct Block
    {
        private byte _first;
    }

    public Blake2b(int outputLength, scoped ReadOnlySpan<byte> key = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputLength, MaximumOutput);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaximumOutput);
        _outputLength = outputLength;
        Initial.CopyTo((Span<ulong>)_state);
        _state[0] ^= 0x01010000UL ^ ((ulong)key.Length << 8) ^ (ulong)outputLength;
        if (key.IsEmpty) return;
        // Section 3.3: a key is padded with zeros to a block of its own, in front of the message.
        key.CopyTo(_block);
        _filled = BlockSize;
    }

    /// <summary>One message, one hash, of the length of <paramref name="output"/>.</summary>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> output)
    {
        var hash = new Blake2b(output.Length);
        hash.Update(message);
        hash.Finish(output);
    }

    public void Update(scoped ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            // A full block waits until more comes: the last one is compressed with the final flag.
            if (_filled == BlockSize)
            {
                _total += BlockSize;
                Compress(final: false);
                _filled = 0;
            }
            var take = Math.Min(BlockSize - _filled, data.Length);
            data[..take].CopyTo(((Span<byte>)_block)[_filled..]);
            _filled += take;
            data = data[take..];
        }
    }

    /// <summary>Feeds a number as Argon2 writes it: 32 bits, little-endian.</summary>
    public void Update(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        Update(bytes);
    }

    public void Finish(scoped Span<byte> output)
    {
        if (output.Length != _outputLength) throw new ArgumentException("The output has another length than was announced.", nameof(output));
        ((Span<byte>)_block)[_filled..].Clear();
        _total += (ulong)_filled;
        Compress(final: true);
        Span<byte> digest = stackalloc byte[MaximumOutput];
        for (var i = 0; i < 8; i++) BinaryPrimitives.WriteUInt64LittleEndian(digest[(8 * i)..], _state[i]);
        digest[.._outputLength].CopyTo(output);
        CryptographicOperations.ZeroMemory(digest);
        CryptographicOperations.ZeroMemory(_block);
        ((Span<ulong>)_state).Clear();
    }

    private void Compress(bool final)
    {
        Span<ulong> m = stackalloc ulong[16];
        Span<ulong> v = stackalloc ulong[16];
        for (var i = 0; i < 16; i++) m[i] = BinaryPrimitives.ReadUInt64LittleEndian(((ReadOnlySpan<byte>)_block)[(8 * i)..]);
        ((ReadOnlySpan<ulong>)_state).CopyTo(v);
        Initial.CopyTo(v[8..]);
        // The counter has 128 bits in the standard; no message of this process passes 64.
        v[12] ^= _total;
        if (final) v[14] = ~v[14];
        for (var round = 0; round < 12; round++)
        {
            var s = Sigma.Slice(round % 10 * 16, 16);
            Mix(ref v[0], ref v[4], ref v[8], ref v[12], m[s[0]], m[s[1]]);
            Mix(ref v[1], ref v[5], ref v[9], ref v[13], m[s[2]], m[s[3]]);
            Mix(ref v[2], ref v[6], ref v[10], ref v[14], m[s[4]], m[s[5]]);
            Mix(ref v[3], ref v[7], ref v[11], ref v[15], m[s[6]], m[s[7]]);
            Mix(ref v[0], ref v[5], ref v[10], ref v[15], m[s[8]], m[s[9]]);
            Mix(ref v[1], ref v[6], ref v[11], ref v[12], m[s[10]], m[s[11]]);
            Mix(ref v[2], ref v[7], ref v[8], ref v[13], m[s[12]], m[s[13]]);
            Mix(ref v[3], ref v[4], ref v[9], ref v[14], m[s[14]], m[s[15]]);
        }
        for (var i = 0; i < 8; i++) _state[i] ^= v[i] ^ v[i + 8];
        m.Clear();
        v.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref ulong a, ref ulong b, ref ulong c, ref ulong d, ulong x, ulong y)
    {
        a += b + x;
        d = BitOperations.RotateRight(d ^ a, 32);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 24);
        a += b + y;
        d = BitOperations.RotateRight(d ^ a, 16);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 63);
    }
}
