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

    private Ear(RedisLine line, TimeProvider clock) => (_line, Doorbell, Listening) = (line, new RedisDoorbell(line, clock), Task.FromResult(true));

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
        await ear.HeardAsync(1);
        return ear;
    }

    /// <summary>Listens again, as often as it takes: the client itself needs a while to connect again.</summary>
    public async Task AgainAsync()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        using var patience = new CancellationTokenSource(RedisLab.Patience);
        while (_rings.Reader.Count == 0)
        {
            if (Listening.IsCompleted) Listening = ListenAsync();
            await pause.WaitForNextTickAsync(patience.Token);
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
