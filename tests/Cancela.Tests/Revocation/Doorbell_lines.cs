using System.Collections.Concurrent;
using Cancela.Revocation;
using Cancela.Tests.Contracts;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cancela.Tests.Revocation;

/// <summary>A line that goes, comes back and goes again.</summary>
public sealed class Doorbell_lines : IAsyncLifetime
{
    private const int Lost = 3010;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ManualClock _clock = new();
    private TestDatabase _store = null!;

    public async ValueTask InitializeAsync() => _store = await TestDatabase.CreateAsync(_clock);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Each_outage_is_told_once_also_the_second()
    {
        var (line, lines) = (new FickleLine(), new Told());
        using var doorbell = new Doorbell();
        using var exchange = new DoorbellExchange([line], new RevocationLog(_store.Database, new RevocationSet(), _clock), doorbell, _clock, lines);
        await exchange.StartAsync(CancellationToken.None);

        foreach (var outages in new[] { 1, 2 })
        {
            await line.HeardAsync();
            line.Break();
            // Two attempts that fail are still one outage.
            for (var attempt = 0; attempt < 2; attempt++)
            {
                await _clock.ArmedAsync(Pause);
                Assert.Equal(outages, lines.Ids.Count(static id => id == Lost));
                if (attempt == 1) line.Mend();
                _clock.Advance(Pause);
            }
        }
        await exchange.StopAsync(CancellationToken.None);
    }

    private sealed class FickleLine : IDoorbellLine
    {
        private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "a line";

        public Task HeardAsync() => _heard.Task;

        public void Break()
        {
            _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _broken.SetResult();
        }

        public void Mend() => _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task RingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task ListenAsync(Action rung, CancellationToken cancellationToken)
        {
            if (_broken.Task.IsCompleted) throw new IOException("It is broken.");
            rung();
            _heard.TrySetResult();
            await _broken.Task.WaitAsync(cancellationToken);
            throw new IOException("It broke.");
        }
    }

    private sealed class Told : ILogger<DoorbellExchange>
    {
        public ConcurrentQueue<int> Ids { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Ids.Enqueue(eventId.Id);
    }
}
