using System.Collections.Concurrent;
using Cancela.Redis;
using Cancela.Strategies.RefreshDenylist;
using Cancela.Strategies.Sessions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>A line to a Redis that is going to break, and somebody who asks over it. What is waited for is counted, never timed.</summary>
internal sealed class OutageLab : IAsyncDisposable, ILogger<RedisLine>
{
    private readonly Use _use;
    private readonly ConcurrentQueue<int> _events = new();

    private OutageLab(Use use, string connectionString)
    {
        _use = use;
        Line = new RedisLine(RedisSettings.Read(connectionString), Clock, this);
    }

    public HeldClock Clock { get; } = new();

    public RedisLine Line { get; }

    /// <summary>What was logged.</summary>
    public int[] Events => [.. _events];

    /// <summary>Connects, and asks once.</summary>
    public static async Task<OutageLab> StartAsync(Use use, string connectionString)
    {
        var lab = Begin(use, connectionString);
        await lab.Line.ConnectionAsync(TestContext.Current.CancellationToken).WaitAsync(RedisLab.Patience);
        Assert.True(await lab.AnsweredAsync());
        return lab;
    }

    /// <summary>Begins to connect.</summary>
    public static OutageLab Begin(Use use, string connectionString) => new(use, connectionString);

    /// <summary>Asks. False: nobody answered.</summary>
    public async Task<bool> AskAsync() => _use switch
    {
        Use.Copies => await new RedisSessionCopies(Line).FindAsync(RedisLab.NewSession()) is CopyReading.Vacant,
        Use.Denylist => await new RedisDenylist(Line).AskAsync(Guid.CreateVersion7()) == DenylistAnswer.NotListed,
        _ => await new RedisCounts(Line).CountAsync(Guid.CreateVersion7().ToString(), TimeSpan.FromMinutes(1)) is { Requests: 1 },
    };

    public Task<bool> AnsweredAsync() => AskAsync().WaitAsync(RedisLab.Patience);

    /// <summary>One call waits for its deadline, and is told that nobody answers.</summary>
    public async Task OneIsKeptWaitingAsync()
    {
        var asked = AskAsync();
        await Clock.SomebodyWaitsAsync().WaitAsync(RedisLab.Patience);
        Assert.False(asked.IsCompleted);
        Clock.Expire();
        Assert.False(await asked.WaitAsync(RedisLab.Patience));
    }

    /// <summary>One call meets the end of the connection or, if that comes late, its deadline.</summary>
    public async Task OneFindsNobodyAsync()
    {
        var asked = AskAsync();
        Clock.Expire();
        Assert.False(await asked.WaitAsync(RedisLab.Patience));
    }

    /// <summary>From now on nobody waits: not a deadline is begun.</summary>
    public void NobodyElseWaits()
    {
        for (var n = 0; n < 1_000; n++)
        {
            var asked = AskAsync();
            Assert.True(asked.IsCompletedSuccessfully);
            Assert.False(asked.Result);
        }
        Assert.Equal((1, 1), (Line.Missed, Line.Lost));
    }

    /// <summary>The line is regained by itself, and says so; nobody had to try.</summary>
    /// <param name="eventually">A cluster that was away needs a while to agree that it is one again: until then it refuses commands.</param>
    public async Task ItComesBackAsync(bool eventually = false)
    {
        using var deadlines = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        var regained = Line.RegainedAsync().WaitAsync(RedisLab.Patience);
        while (!regained.IsCompleted)
        {
            // What was sent while nobody was there is never answered: for pings, too, deadlines pass.
            await deadlines.WaitForNextTickAsync();
            if (!regained.IsCompleted) Clock.Expire();
        }
        await regained;
        if (!eventually)
        {
            Assert.True(await AnsweredAsync());
            Assert.Equal(0, Line.Lost);
            return;
        }
        using var patience = new CancellationTokenSource(RedisLab.Patience);
        for (var inARow = 0; inARow < 50;)
        {
            var asked = AskAsync();
            if (!asked.IsCompleted && await deadlines.WaitForNextTickAsync(patience.Token)) Clock.Expire();
            inARow = await asked.WaitAsync(patience.Token) ? inARow + 1 : 0;
        }
    }

    public ValueTask DisposeAsync() => Line.DisposeAsync();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _events.Enqueue(eventId.Id);
}
