using System.Collections.Concurrent;
using Cancela.Credentials.Passwords;
using Cancela.Credentials.Passwords.Argon2;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords;

/// <summary>Hashes are replaced by work that the test holds up: what is counted is exact.</summary>
public class The_hash_gate
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task As_many_run_at_once_as_there_are_workers_and_one_too_many_is_sent_away()
    {
        using var gate = new HashGate(workers: 2, queue: 3, keepBlocks: 8, Timeout.InfiniteTimeSpan);
        using var work = new HeldWork(expected: 2);
        var admitted = Enumerable.Range(0, 5).Select(_ => gate.TryRun(work.Run, default)).ToList();
        Assert.All(admitted, Assert.NotNull);
        Assert.Equal(5, gate.Admitted);
        Assert.Null(gate.TryRun(work.Run, default));

        Assert.True(work.Started.Wait(Soon));
        Assert.Equal(2, work.Running);
        Assert.Null(gate.TryRun(work.Run, default));

        work.Release.Set();
        await Task.WhenAll(admitted.Select(task => task!)).WaitAsync(Soon);
        Assert.Equal(0, gate.Admitted);
        Assert.Equal(2, work.MostRunning);
        Assert.Equal(5, work.Done);
    }

    [Fact]
    public async Task Who_came_first_is_served_first()
    {
        using var gate = new HashGate(workers: 1, queue: 10, keepBlocks: 8, Timeout.InfiniteTimeSpan);
        using var work = new HeldWork(expected: 1);
        var order = new ConcurrentQueue<string>();
        var first = gate.TryRun(work.Run, default)!;
        Assert.True(work.Started.Wait(Soon));
        var others = Enumerable.Range(1, 10).Select(i => gate.TryRun(_ =>
        {
            order.Enqueue($"{i}");
            return "";
        }, default)!).ToList();
        work.Release.Set();
        await Task.WhenAll([first, .. others]).WaitAsync(Soon);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{i}"), order);
    }

    [Fact]
    public async Task Who_hangs_up_leaves_the_line_unhashed_and_makes_room()
    {
        using var gate = new HashGate(workers: 1, queue: 1, keepBlocks: 8, Timeout.InfiniteTimeSpan);
        using var work = new HeldWork(expected: 1);
        using var hangUp = new CancellationTokenSource();
        var wasRun = false;
        var running = gate.TryRun(work.Run, default)!;
        Assert.True(work.Started.Wait(Soon));
        var waiting = gate.TryRun(_ =>
        {
            wasRun = true;
            return "";
        }, hangUp.Token)!;
        Assert.Null(gate.TryRun(work.Run, default));

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon));
        var next = gate.TryRun(work.Run, default);
        Assert.NotNull(next);

        work.Release.Set();
        await Task.WhenAll(running, next).WaitAsync(Soon);
        Assert.False(wasRun);
        Assert.Equal(0, gate.Admitted);
    }

    [Fact]
    public async Task Who_hangs_up_while_being_hashed_still_gets_the_result()
    {
        using var gate = new HashGate(workers: 1, queue: 0, keepBlocks: 8, Timeout.InfiniteTimeSpan);
        using var work = new HeldWork(expected: 1);
        using var hangUp = new CancellationTokenSource();
        var running = gate.TryRun(work.Run, hangUp.Token)!;
        Assert.True(work.Started.Wait(Soon));
        await hangUp.CancelAsync();
        work.Release.Set();
        Assert.Equal("done", await running.WaitAsync(Soon));
    }

    [Fact]
    public async Task Who_hung_up_before_coming_is_not_let_in()
    {
        using var gate = new HashGate(workers: 1, queue: 1, keepBlocks: 8, Timeout.InfiniteTimeSpan);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.TryRun(_ => "", new CancellationToken(canceled: true))!);
        Assert.Equal(0, gate.Admitted);
    }

    [Fact]
    public async Task A_worker_survives_a_fault()
    {
        using var gate = new HashGate(workers: 1, queue: 1, keepBlocks: 8, Timeout.InfiniteTimeSpan);
        await Assert.ThrowsAsync<InvalidOperationException>(() => gate.TryRun<string>(_ => throw new InvalidOperationException(), default)!);
        Assert.Equal("next", await gate.TryRun(_ => "next", default)!.WaitAsync(Soon));
        Assert.Equal(0, gate.Admitted);
    }

    [Fact]
    public async Task The_work_is_done_on_the_gates_own_thread_and_the_caller_goes_on_elsewhere()
    {
        using var gate = new HashGate(workers: 1, queue: 1, keepBlocks: 8, Timeout.InfiniteTimeSpan);
        using var work = new HeldWork(expected: 1);
        var running = gate.TryRun(_ =>
        {
            work.Run(_);
            return Thread.CurrentThread;
        }, default)!;
        Assert.True(work.Started.Wait(Soon));
        var goesOn = Task.Run(async () =>
        {
            var worker = await running;
            return (worker, Caller: Thread.CurrentThread);
        });
        work.Release.Set();
        var (worker, caller) = await goesOn.WaitAsync(Soon);
        Assert.False(worker.IsThreadPoolThread);
        Assert.True(worker.IsBackground);
        Assert.NotSame(worker, caller);
    }

    [Fact]
    public async Task Disposing_ends_the_threads_and_tells_who_waits()
    {
        var gate = new HashGate(workers: 1, queue: 1, keepBlocks: 8, Timeout.InfiniteTimeSpan);
        using var work = new HeldWork(expected: 1);
        var running = gate.TryRun(_ =>
        {
            work.Run(_);
            return Thread.CurrentThread;
        }, default)!;
        Assert.True(work.Started.Wait(Soon));
        var waiting = gate.TryRun(work.Run, default)!;

        var disposing = Task.Run(gate.Dispose);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Soon));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => gate.TryRun(work.Run, default)!);
        work.Release.Set();
        await disposing.WaitAsync(Soon);
        Assert.False((await running).IsAlive);
    }

    /// <summary>Work that starts, says so, and waits to be released.</summary>
    private sealed class HeldWork(int expected) : IDisposable
    {
        private int _running;
        private int _mostRunning;
        private int _done;

        public CountdownEvent Started { get; } = new(expected);

        public ManualResetEventSlim Release { get; } = new();

        public int Running => Volatile.Read(ref _running);

        public int MostRunning => Volatile.Read(ref _mostRunning);

        public int Done => Volatile.Read(ref _done);

        public string Run(Argon2Memory memory)
        {
            var now = Interlocked.Increment(ref _running);
            lock (Release) _mostRunning = Math.Max(_mostRunning, now);
            if (!Started.IsSet) Started.Signal();
            Release.Wait(Soon);
            Interlocked.Decrement(ref _running);
            Interlocked.Increment(ref _done);
            return "done";
        }

        public void Dispose()
        {
            Release.Set();
            Started.Dispose();
            Release.Dispose();
        }
    }

    [Fact]
    public async Task A_quiet_worker_gives_its_memory_back_and_takes_it_again()
    {
        using var gate = new HashGate(workers: 1, queue: 1, keepBlocks: 8, TimeSpan.FromMilliseconds(1));
        for (var round = 0; round < 3; round++)
        {
            await gate.TryRun(Fill, TestContext.Current.CancellationToken)!;
            Assert.True(SpinWait.SpinUntil(() => gate.Holding == 0, TimeSpan.FromSeconds(10)));
        }

        static unsafe object Fill(Argon2Memory memory)
        {
            memory.Rent(8)[0] = 1;
            memory.Return(8);
            return memory;
        }
    }
}
