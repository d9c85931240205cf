using System.Threading.Channels;
using Cancela.Redis;
using Cancela.Tests;

namespace Cancela.IntegrationTests.Redis;

/// <summary>A node's doorbell, and somebody who listens at it.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private readonly RedisLine _line;
    private readonly CancellationTokenSource _enough = new();
    private readonly Channel<bool> _rings = Channel.CreateUnbounded<bool>();
    private readonly ManualClock _clock;

    private Ear(RedisLine line, ManualClock clock) =>
        (_line, _clock, Doorbell, Listening) = (line, clock, new RedisDoorbell(line, clock), Task.FromResult(true));

    public RedisDoorbell Doorbell { get; }

    /// <summary>Ends when the subscription is lost.</summary>
    public Task<bool> Listening { get; private set; }

    /// <summary>How often it was heard to ring.</summary>
    public int Rings { get; private set; }

    /// <summary>Listens; returns when it hears, which is the first ring.</summary>
    public static async Task<Ear> BeginAsync(string connectionString, ManualClock clock)
    {
        var ear = new Ear(await RedisLab.LineAsync(connectionString, clock), clock);
        ear.Listening = ear.ListenAsync();
        await ear.AgainAsync();
        await ear.HeardAsync(1);
        return ear;
    }

    /// <summary>
    /// Listens again, as often as it takes, and returns when it hears: the client needs a while to connect, and until then what
    /// is asked over the channel is heard by nobody. Its time passes meanwhile, or it would wait for its own word for ever.
    /// </summary>
    public async Task AgainAsync()
    {
        var tick = TimeSpan.FromMilliseconds(50);
        using var pause = new PeriodicTimer(tick, TimeProvider.System);
        using var patience = new CancellationTokenSource(RedisLab.Patience);
        while (_rings.Reader.Count == 0)
        {
            if (Listening.IsCompleted) Listening = ListenAsync();
            await pause.WaitForNextTickAsync(patience.Token);
            _clock.Advance(tick);
        }
    }

    /// <summary>Returns when it has rung so often.</summary>
    public async Task HeardAsync(int times)
    {
        using var patience = new CancellationTokenSource(RedisLab.Patience);
        for (; Rings < times; Rings++) await _rings.Reader.ReadAsync(patience.Token);
        while (_rings.Reader.TryRead(out _)) Rings++;
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _line.DisposeAsync();
        _enough.Dispose();
    }

    private async Task<bool> ListenAsync()
    {
        await Doorbell.ListenAsync(() => _rings.Writer.TryWrite(true), _enough.Token);
        return true;
    }
}
