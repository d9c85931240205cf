using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cancela.IntegrationTests.Postgres;

/// <summary>What hosts log.</summary>
internal sealed class HostLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<Line> _all = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _awaited = new();

    public IReadOnlyCollection<Line> All => _all;

    public sealed record Line(int Id, LogLevel Level, string Text);

    /// <summary>Returns when a line of this number was written, before or after.</summary>
    public Task SaysAsync(int id) => Awaited(id).Task;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _all.Enqueue(new Line(eventId.Id, logLevel, $"{formatter(state, exception)} {exception?.Message}"));
        Awaited(eventId.Id).TrySetResult();
    }

    public void Dispose()
    {
    }

    private TaskCompletionSource Awaited(int id) => _awaited.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
