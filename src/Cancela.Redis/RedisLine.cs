using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Cancela.Redis;

/// <summary>
/// The one place through which Redis is asked. Every call has a deadline: this client's calls never end while a server is
/// stalled, whatever its own timeouts say. The first call of a server that misses it opens that server's circuit: from then on
/// calls return at once, and a ping in the background, which nobody waits for, closes it again.
/// </summary>
/// <remarks>A command may be carried out after its deadline: each one that we send is harmless then.</remarks>
internal sealed partial class RedisLine : IAsyncDisposable
{
    /// <summary>How long a call may take. A healthy Redis needs a thousandth of it.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(250);

    /// <summary>Between two pings of a server that does not answer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A connection may be dead without knowing it: after so many pings in vain another one is made beside it.
    private const int PingsBeforeAnother = 5;
    private static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenRefusals = TimeSpan.FromMinutes(1);

    // The name of the circuit while it is not known which server a key belongs to.
    private static readonly object Any = new();

    private readonly ConfigurationOptions _options;
    private readonly RedisKey _prefix;
    private readonly TimeProvider _clock;
    private readonly ILogger<RedisLine> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<object, Task> _lost = new();
    private Task<RedisConnection> _connecting;
    private RedisConnection? _connection;
    private long _refusedAt;
    private int _missed;
    private long _asked;

    /// <summary>Begins to connect, and waits for nothing.</summary>
    public RedisLine(ConfigurationOptions options, TimeProvider clock, ILogger<RedisLine> logger)
    {
        (_options, _clock, _logger) = (options, clock, logger);
        // The client puts it before channels only, and never before keys.
        _prefix = (string?)options.ChannelPrefix;
        _connecting = Task.Run(ConnectFirstAsync);
        LetGo(_connecting);
    }

    /// <summary>How many servers do not answer now.</summary>
    public int Lost => _lost.Count;

    /// <summary>How many calls have missed their deadline, or met a broken connection.</summary>
    public int Missed => Volatile.Read(ref _missed);

    /// <summary>How many calls were sent since the start. The doorbell's are not among them: nobody waits for those.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Ends when every server that does not answer now answers again.</summary>
    public Task RegainedAsync() => Task.WhenAll(_lost.Values);

    /// <summary>The connection of now, as soon as there is one.</summary>
    public Task<RedisConnection> ConnectionAsync(CancellationToken cancellationToken) => Volatile.Read(ref _connecting).WaitAsync(cancellationToken);

    /// <summary>Asks for one key: on a cluster, the server that it belongs to. What this deployment puts before its keys is put before it here.</summary>
    public async ValueTask<RedisAnswer<T>> AskAsync<T>(RedisKey key, Func<IDatabaseAsync, RedisKey, Task<T>> ask)
    {
        key = key.Prepend(_prefix);
        var server = Volatile.Read(ref _connection)?.ServerOf(key) ?? Any;
        if (_lost.ContainsKey(server)) return RedisAnswer<T>.Unavailable.Instance;

        Interlocked.Increment(ref _asked);
        var asked = AskAsync(Volatile.Read(ref _connecting), key, ask);
        try
        {
            var value = await asked.WaitAsync(Deadline, _clock, _stopping.Token);
            // Away from the client's thread, which hands out the other answers.
            await Task.Yield();
            return new RedisAnswer<T>.Answered(value);
        }
        catch (Exception exception) when (exception is RedisServerException or RedisCommandException)
        {
            Refused(exception);
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            LetGo(asked);
            if (!_stopping.IsCancellationRequested) Lose(server, exception);
        }
        return RedisAnswer<T>.Unavailable.Instance;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        await Task.WhenAll(_lost.Values);
        _ = CloseWhenConnectedAsync(Volatile.Read(ref _connecting));
        _stopping.Dispose();
    }

    /// <summary>Nobody waits for it any more. What becomes of it is of no interest, and no unobserved exception.</summary>
    public static void LetGo(Task task) => task.ContinueWith(
        static done => done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static async Task<T> AskAsync<T>(Task<RedisConnection> connecting, RedisKey key, Func<IDatabaseAsync, RedisKey, Task<T>> ask) =>
        await ask((await connecting).Database, key);

    private static bool IsOutage(Exception exception) =>
        exception is TimeoutException or RedisException or ObjectDisposedException or OperationCanceledException or IOException;

    private void Lose(object server, Exception exception)
    {
        Interlocked.Increment(ref _missed);
        var watching = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        var unwrapped = watching.Task.Unwrap();
        if (!_lost.TryAdd(server, unwrapped)) return;
        LogLost(NameOf(server), exception);
        watching.SetResult(WatchAsync(server));
    }

    private async Task WatchAsync(object server)
    {
        for (var pings = 1; !_stopping.IsCancellationRequested; pings++)
        {
            try
            {
                await Task.Delay(Pause, _clock, _stopping.Token);
                if (pings % PingsBeforeAnother == 0 ? await ReplaceAsync() : await AnswersAsync(server))
                {
                    LogRegained(NameOf(server));
                    _lost.TryRemove(server, out _);
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> AnswersAsync(object server)
    {
        Task asked = Task.CompletedTask;
        try
        {
            var connection = await Volatile.Read(ref _connecting).WaitAsync(Deadline, _clock, _stopping.Token);
            asked = server is EndPoint known ? connection.PingAsync(known) : connection.PingAsync();
            await asked.WaitAsync(Deadline, _clock, _stopping.Token);
            return true;
        }
        catch (Exception exception) when (IsOutage(exception) || exception is ArgumentException)
        {
            // ArgumentException: a server that has left the cluster.
            LetGo(asked);
            return false;
        }
    }

    // Beside the connection of now, and in its place only if all servers answer on it.
    private async Task<bool> ReplaceAsync()
    {
        var connecting = Task.Run(ConnectAsync);
        var inPlace = false;
        try
        {
            var connection = await connecting.WaitAsync(ToConnect, _clock, _stopping.Token);
            var asked = connection.PingAllAsync();
            LetGo(asked);
            await asked.WaitAsync(Deadline, _clock, _stopping.Token);
            var old = Interlocked.Exchange(ref _connecting, connecting);
            Volatile.Write(ref _connection, connection);
            inPlace = true;
            _ = CloseWhenConnectedAsync(old);
            return true;
        }
        catch (Exception exception) when (IsOutage(exception) || exception is ArgumentException)
        {
            // As above.
            return false;
        }
        finally
        {
            if (!inPlace) _ = CloseWhenConnectedAsync(connecting);
        }
    }

    private async Task<RedisConnection> ConnectFirstAsync()
    {
        var connection = await ConnectAsync();
        Volatile.Write(ref _connection, connection);
        return connection;
    }

    private async Task<RedisConnection> ConnectAsync() => new(await ConnectionMultiplexer.ConnectAsync(_options.Clone()));

    private static async Task CloseWhenConnectedAsync(Task<RedisConnection> connecting)
    {
        try
        {
            (await connecting).Dispose();
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            // It never was one.
        }
    }

    // Full, read-only, loading its data, a key of another type, a database that a cluster has not: it answers, so no call waits. Each that fails so would fail again.
    private void Refused(Exception exception)
    {
        var (now, before) = (_clock.GetTimestamp(), Interlocked.Read(ref _refusedAt));
        if (before != 0 && _clock.GetElapsedTime(before, now) < BetweenRefusals) return;
        if (Interlocked.CompareExchange(ref _refusedAt, now, before) == before) LogRefused(exception);
    }

    private static string NameOf(object server) => server is EndPoint known ? $"Redis at {known}" : "Redis";

    [LoggerMessage(8001, LogLevel.Warning, "{Server} does not answer. Nothing waits for it: sessions are read from the database, the revocation set decides alone, limits count by node. It is asked again in the background.")]
    private partial void LogLost(string server, Exception exception);

    [LoggerMessage(8002, LogLevel.Information, "{Server} answers again.")]
    private partial void LogRegained(string server);

    [LoggerMessage(8003, LogLevel.Warning, "Redis refuses a command. It goes on without what it was to do; this is said once a minute.")]
    private partial void LogRefused(Exception exception);
}
