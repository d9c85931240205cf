using Cancela.Caching;

namespace Cancela.Gate;

/// <summary>What was read in a header, for the same header that comes again on a connection that is kept.</summary>
internal sealed class HeaderMemory<T> where T : class
{
    private const int Most = 1_024;

    // Of headers that are longer nothing is kept: nobody fills memory with them.
    private const int Longest = 4_096;

    private readonly ByIdentity<string, T> _read = new(Most);

    public T? Find(string header) => _read.Find(header);

    public T Keep(string header, T read) => header.Length > Longest ? read : _read.Put(header, read);
}
