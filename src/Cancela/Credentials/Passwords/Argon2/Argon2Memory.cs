using System.Runtime.InteropServices;

namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>
/// The memory that one hash at a time fills. It is kept from hash to hash, so that a burst of sign-ins touches no new page,
/// and it is zero whenever nobody hashes. Native, because 19 MiB arrays would live in the large object heap.
/// </summary>
/// <param name="keepBlocks">What is kept between hashes: a hash stored with larger parameters gives the rest back.</param>
internal sealed unsafe class Argon2Memory(int keepBlocks) : IDisposable
{
    public const int BlockBytes = 1024;
    public const int BlockWords = BlockBytes / sizeof(ulong);
    private const nuint CacheLine = 64;

    private ulong* _words;
    private int _blocks;

    /// <summary>How many blocks are held now.</summary>
    public int Blocks => _blocks;

    ~Argon2Memory() => Free();

    /// <summary>At least so many blocks. Their content is unspecified: the first pass writes each before it is read.</summary>
    public ulong* Rent(int blocks)
    {
        if (blocks <= _blocks) return _words;
        Free();
        _words = (ulong*)NativeMemory.AlignedAlloc((nuint)blocks * BlockBytes, CacheLine);
        _blocks = blocks;
        return _words;
    }

    /// <summary>Wipes what a hash has used.</summary>
    public void Return(int blocks)
    {
        NativeMemory.Clear(_words, (nuint)blocks * BlockBytes);
        if (_blocks > keepBlocks) Free();
    }

    /// <summary>What is in the memory now: for the test that it is wiped.</summary>
    public ReadOnlySpan<byte> Content => new(_words, _blocks * BlockBytes);

    /// <summary>Gives all of it back to the system, until the next hash.</summary>
    public void GiveBack() => Free();

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_words);
        _words = null;
        _blocks = 0;
    }
}
