using System.Collections.Concurrent;

namespace Cancela.Tests.Faults;

/// <summary>What the server acknowledged in one round, as its clients saw it. The acknowledgement of a given number ends the round.</summary>
internal sealed class Ledger(int last, Action kill)
{
    private int _count;
    private int _rotations;

    /// <summary>E-mails whose registration was answered with 201.</summary>
    public ConcurrentBag<string> Registered { get; } = [];

    /// <summary>Cookies of sessions whose logout was answered with 204.</summary>
    public ConcurrentBag<string> EndedCookies { get; } = [];

    /// <summary>Tokens of sessions whose logout was answered with 204.</summary>
    public ConcurrentBag<TokenChain> EndedChains { get; } = [];

    /// <summary>Cookies of sessions that were opened and that nobody asked to end.</summary>
    public ConcurrentBag<string> LivingCookies { get; } = [];

    /// <summary>Tokens of sessions that nobody asked to end, as far as they got.</summary>
    public ConcurrentBag<TokenChain> LivingChains { get; } = [];

    public int Rotations => _rotations;

    public int Count => _count;

    /// <summary>A refresh was answered with 200.</summary>
    public void Rotated()
    {
        Interlocked.Increment(ref _rotations);
        Acknowledged();
    }

    /// <summary>Counts one. Whoever gets the last one kills the server before anything else happens.</summary>
    public void Acknowledged()
    {
        if (Interlocked.Increment(ref _count) == last) kill();
    }
}
