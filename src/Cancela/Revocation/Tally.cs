using System.Diagnostics.Metrics;

namespace Cancela.Revocation;

/// <summary>
/// How often one thing happened since the process began: one series of a counter, with its attribute. Counting is one addition
/// whether or not anybody watches; who watches late finds the whole count.
/// </summary>
internal sealed class Tally(params KeyValuePair<string, object?>[] attributes)
{
    private long _count;

    public Tally(string attribute, string value) : this(KeyValuePair.Create(attribute, (object?)value))
    {
    }

    public void Add() => Interlocked.Increment(ref _count);

    public Measurement<long> Measure() => new(Volatile.Read(ref _count), attributes);
}
