using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords;

/// <summary>
/// Lets as many hashes run at once as there are workers; the others wait in line, first come, first served. Each worker is a
/// thread of its own with its own memory: fifty sign-ins at once take neither fifty times 19 MiB nor the thread pool, whose
/// threads go on answering requests. Below normal priority where the system knows it (Linux shares the cores evenly, so a hash gives
/// way to whoever waits for its core, every now and then).
/// </summary>
internal sealed class HashGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Job> _line = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly Thread[] _workers;
    private readonly TimeSpan _keepFor;
    private readonly int _capacity;
    private readonly int _keepBlocks;
    private int _running;
    private int _holding;
    private bool _closed;

    /// <param name="workers">Hashes at once.</param>
    /// <param name="queue">Hashes that wait.</param>
    /// <param name="keepBlocks">Memory that a worker keeps between hashes.</param>
    /// <param name="keepFor">For how long at most: a server that nobody signs in to holds none.</param>
    public HashGate(int workers, int queue, int keepBlocks, TimeSpan keepFor)
    {
        _keepFor = keepFor;
        _capacity = workers + queue;
        _keepBlocks = keepBlocks;
        _workers = [.. Enumerable.Range(1, workers).Select(NewWorker)];
        foreach (var worker in _workers) worker.Start();
    }

    /// <summary>Hashes that have been let in: they run or wait.</summary>
    public int Admitted
    {
        get
        {
            lock (_lock) return _line.Count + _running;
        }
    }

    /// <summary>The next one would be sent away.</summary>
    public bool IsFull => Admitted >= _capacity;

    /// <summary>Hashes that wait for a worker.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _line.Count;
        }
    }

    /// <summary>Workers that hold memory: they hash, or did a moment ago.</summary>
    public int Holding => Volatile.Read(ref _holding);

    /// <summary>The result of the work, or null at once when the line is full.</summary>
    public Task<T>? TryRun<T>(Func<Argon2Memory, T> work, CancellationToken cancel) where T : class
    {
        if (cancel.IsCancellationRequested) return Task.FromCanceled<T>(cancel);
        var job = new Job<T>(work);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_line.Count + _running >= _capacity) return null;
            job.Place = _line.AddLast(job);
        }
        _waiting.Release();
        return cancel.CanBeCanceled ? WaitAsync(job, cancel) : job.Result;
    }

    private async Task<T> WaitAsync<T>(Job<T> job, CancellationToken cancel) where T : class
    {
        await using (cancel.Register(() => Leave(job, cancel))) return await job.Result;
    }

    // Who hung up is not hashed. Who is already being hashed is: the work is nearly done.
    private void Leave(Job job, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (job.Place is null) return;
            _line.Remove(job.Place);
            job.Place = null;
        }
        job.Cancel(cancel);
    }

    private Thread NewWorker(int number) => new(Work)
    {
        IsBackground = true,
        Name = $"Cancela password hash {number}",
        Priority = ThreadPriority.BelowNormal,
    };

    private void Work()
    {
        using var memory = new Argon2Memory(_keepBlocks);
        var held = false;
        while (true)
        {
            if (!_waiting.Wait(held ? _keepFor : Timeout.InfiniteTimeSpan))
            {
                memory.GiveBack();
                held = false;
                Interlocked.Decrement(ref _holding);
                continue;
            }
            Job? job;
            lock (_lock)
            {
                if (_closed) return;
                // The line is empty when the one who woke us has left it.
                if (_line.First is null) continue;
                job = _line.First.Value;
                job.Place = null;
                _line.RemoveFirst();
                _running++;
            }
            if (!held) Interlocked.Increment(ref _holding);
            held = true;
            // The room is given back before the caller hears of it, who may come again at once.
            job.Run(memory, done: () =>
            {
                lock (_lock) _running--;
            });
        }
    }

    /// <summary>Ends the threads when their hash is done. Who still waits gets <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        Job[] abandoned;
        lock (_lock)
        {
            if (_closed) return;
            _closed = true;
            abandoned = [.. _line];
            foreach (var job in abandoned) job.Place = null;
            _line.Clear();
        }
        foreach (var job in abandoned) job.Abandon();
        _waiting.Release(_workers.Length);
        foreach (var worker in _workers) worker.Join();
        _waiting.Dispose();
    }

    private abstract class Job
    {
        /// <summary>Where it stands in the line; null once it has left it. Guarded by the gate's lock.</summary>
        public LinkedListNode<Job>? Place { get; set; }

        public abstract void Run(Argon2Memory memory, Action done);

        public abstract void Cancel(CancellationToken cancel);

        public abstract void Abandon();
    }

    private sealed class Job<T>(Func<Argon2Memory, T> work) : Job where T : class
    {
        // Continuations run on the thread pool: a request must not go on inside a worker.
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Result => _result.Task;

        public override void Run(Argon2Memory memory, Action done)
        {
            T result;
            try
            {
                result = work(memory);
            }
            catch (Exception exception)
            {
                done();
                _result.SetException(exception);
                return;
            }
            done();
            _result.SetResult(result);
        }

        public override void Cancel(CancellationToken cancel) => _result.TrySetCanceled(cancel);

        public override void Abandon() => _result.TrySetException(new ObjectDisposedException(nameof(HashGate)));
    }
}
