namespace Cancela.SignIn;

/// <summary>
/// At most so many attempts for one address are under way at once on this node; the others wait their turn. Without it,
/// parallel sign-ins with the right password would look like a burst of guesses: each is counted until it succeeds.
/// </summary>
internal sealed class Turns(int atOnce, int mostWaiting)
{
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    private sealed class Line(int atOnce) : IDisposable
    {
        public readonly SemaphoreSlim Free = new(atOnce);
        public int Present;

        public void Dispose() => Free.Dispose();
    }

    /// <summary>Addresses at which somebody is now.</summary>
    public int Lines
    {
        get
        {
            lock (_lines) return _lines.Count;
        }
    }

    /// <summary>Waits for a turn; <see langword="null"/> when too many wait already.</summary>
    public async ValueTask<IDisposable?> TakeAsync(string key, CancellationToken cancellationToken)
    {
        if (Join(key) is not { } line) return null;
        try
        {
            await line.Free.WaitAsync(cancellationToken);
            return new Turn(this, key, line);
        }
        catch
        {
            Leave(key, line);
            throw;
        }
    }

    private Line? Join(string key)
    {
        lock (_lines)
        {
            if (!_lines.TryGetValue(key, out var line)) _lines.Add(key, line = new Line(atOnce));
            if (line.Present >= atOnce + mostWaiting) return null;
            line.Present++;
            return line;
        }
    }

    private void Leave(string key, Line line)
    {
        lock (_lines)
        {
            if (--line.Present > 0) return;
            _lines.Remove(key);
            line.Dispose();
        }
    }

    private sealed class Turn(Turns turns, string key, Line line) : IDisposable
    {
        private int _done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _done, 1) != 0) return;
            line.Free.Release();
            turns.Leave(key, line);
        }
    }
}
