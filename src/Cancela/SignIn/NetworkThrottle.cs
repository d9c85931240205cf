using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Cancela.Caching;

namespace Cancela.SignIn;

/// <summary>
/// How many requests a minute one network may make to the endpoints where guessing pays, whatever comes of them: on this node,
/// and, where the nodes share their counts, on all of them. Whoever shares counts by itself too, and is never less strict.
/// </summary>
internal sealed class NetworkThrottle(LimitOptions options, TimeProvider clock, ISharedCounts? shared = null)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _opening = new();
    private readonly BoundedCache<Network, Window> _windows = new(100_000);

    /// <summary>A household or a server is one IPv4 address or one IPv6 /64: the rest of an IPv6 address is theirs to choose.</summary>
    private readonly record struct Network(ulong Prefix, bool IsV6)
    {
        public override string ToString() => $"{(IsV6 ? 6 : 4)}:{Prefix:x}";
    }

    private sealed class Window(long startedAt)
    {
        public readonly long StartedAt = startedAt;
        public int Requests;
    }

    /// <summary>Counts a request. <see langword="null"/>: it may pass; else how long to wait.</summary>
    public ValueTask<TimeSpan?> CountAsync(IPAddress? address)
    {
        if (options.PerNetwork == 0 || address is null) return default;
        var network = NetworkOf(address);
        // Who is refused here is not counted elsewhere: a flood on one node asks nobody else.
        var wait = CountHere(network);
        return wait is not null || shared is null ? new(wait) : CountEverywhereAsync(network, shared);
    }

    private TimeSpan? CountHere(Network network)
    {
        var now = clock.GetTimestamp();
        var window = Current(network, now) ?? Open(network, now);
        return Interlocked.Increment(ref window.Requests) <= options.PerNetwork
            ? null
            : Period - clock.GetElapsedTime(window.StartedAt, now);
    }

    private async ValueTask<TimeSpan?> CountEverywhereAsync(Network network, ISharedCounts counts) =>
        await counts.CountAsync(network.ToString(), Period) is { } count && count.Requests > options.PerNetwork ? count.Remaining : null;

    private Window? Current(Network network, long now) =>
        _windows.TryGet(network, out var window) && clock.GetElapsedTime(window.StartedAt, now) < Period ? window : null;

    // One at a time: of two that open a window at once, one would count where nobody looks.
    private Window Open(Network network, long now)
    {
        lock (_opening)
        {
            if (Current(network, now) is { } opened) return opened;
            var window = new Window(now);
            _windows.Set(network, window);
            return window;
        }
    }

    private static Network NetworkOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new Network(BinaryPrimitives.ReadUInt32BigEndian(bytes), IsV6: false)
            : new Network(BinaryPrimitives.ReadUInt64BigEndian(bytes), IsV6: true);
    }
}
