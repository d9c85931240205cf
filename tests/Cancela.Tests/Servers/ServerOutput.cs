using System.Collections.Concurrent;

namespace Cancela.Tests.Servers;

/// <summary>What a server writes on both pipes: read for as long as it lives, or a full pipe would stop it.</summary>
internal sealed class ServerOutput
{
    private const int Kept = 500;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = 2;

    /// <summary>Of standard output: what is written on the other pipe may be heard earlier.</summary>
    public Task<string> FirstLine => _first.Task;

    /// <summary>Both pipes are closed: nobody holds them any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Ends when a line, one of the last or a later one, holds the text.</summary>
    public Task Says(string text)
    {
        lock (_lock)
        {
            var awaited = _awaited.GetOrAdd(text, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
            if (_lines.Any(line => line.Contains(text, StringComparison.Ordinal))) awaited.TrySetResult();
            return awaited.Task;
        }
    }

    public void Hear(string? line, bool isError = false)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _open) > 0) return;
            _first.TrySetException(new InvalidOperationException("It ended without a word."));
            _ended.TrySetResult();
            return;
        }
        if (!isError) _first.TrySetResult(line);
        lock (_lock)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept) _lines.Dequeue();
            foreach (var (text, awaited) in _awaited)
                if (line.Contains(text, StringComparison.Ordinal)) awaited.TrySetResult();
        }
    }

    public override string ToString()
    {
        lock (_lock) return string.Join('\n', _lines);
    }
}
