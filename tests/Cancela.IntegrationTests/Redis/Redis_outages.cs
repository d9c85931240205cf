using Cancela.Redis;
using Cancela.Tests.Servers;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>Whatever happens to Redis, one call waits for one deadline, and nobody after it.</summary>
public sealed class Redis_outages
{
    private const int Lost = 8001, Regained = 8002;

    [Theory]
    [InlineData(Use.Copies)]
    [InlineData(Use.Denylist)]
    [InlineData(Use.Counts)]
    public async Task Stalled(Use use)
    {
        await using var place = await RedisPlace.StartAsync();
        await using var lab = await OutageLab.StartAsync(use, place.ConnectionString);

        place.Pause();
        await lab.OneIsKeptWaitingAsync();
        lab.NobodyElseWaits();
        place.Resume();

        await lab.ItComesBackAsync();
        Assert.Equal([Lost, Regained], lab.Events);
    }

    [Theory]
    [InlineData(Use.Copies)]
    [InlineData(Use.Denylist)]
    [InlineData(Use.Counts)]
    public async Task Killed_and_started_again(Use use)
    {
        await using var place = await RedisPlace.StartAsync();
        await using var lab = await OutageLab.StartAsync(use, place.ConnectionString);

        place.Kill();
        await lab.OneFindsNobodyAsync();
        lab.NobodyElseWaits();
        await place.StartAgainAsync();

        await lab.ItComesBackAsync();
        Assert.Equal([Lost, Regained], lab.Events);
    }

    [Theory]
    [InlineData(Use.Copies)]
    [InlineData(Use.Denylist)]
    [InlineData(Use.Counts)]
    public async Task Emptied(Use use)
    {
        await using var place = await RedisPlace.StartAsync();
        await using var lab = await OutageLab.StartAsync(use, place.ConnectionString);

        await place.FlushAsync();
        await place.Servers[0].AskAsync("SCRIPT", "FLUSH");

        Assert.True(await lab.AnsweredAsync());
        Assert.Equal((0, 0), (lab.Line.Missed, lab.Line.Lost));
        Assert.Empty(lab.Events);
    }

    [Theory]
    [InlineData(Use.Copies)]
    [InlineData(Use.Denylist)]
    [InlineData(Use.Counts)]
    public async Task Cut_off(Use use)
    {
        await using var place = await RedisPlace.StartAsync();
        using var wire = CutOffProxy.Start(place.Servers[0].Port);
        await using var lab = await OutageLab.StartAsync(use, $"127.0.0.1:{wire.Port}");

        wire.Cut();
        await lab.OneIsKeptWaitingAsync();
        lab.NobodyElseWaits();
        wire.Restore();

        await lab.ItComesBackAsync();
        Assert.Equal([Lost, Regained], lab.Events);
    }

    [Theory]
    [InlineData(Use.Copies)]
    [InlineData(Use.Denylist)]
    [InlineData(Use.Counts)]
    public async Task Refused_by_its_port(Use use)
    {
        await using var place = await RedisPlace.StartAsync();
        using var wire = CutOffProxy.Start(place.Servers[0].Port);
        await using var lab = await OutageLab.StartAsync(use, $"127.0.0.1:{wire.Port}");

        wire.Refuse();
        await lab.OneFindsNobodyAsync();
        lab.NobodyElseWaits();
        wire.Restore();

        await lab.ItComesBackAsync();
        Assert.Equal([Lost, Regained], lab.Events);
    }

    // The connection looks alive and is not: nothing would ever come over it again. Another one is made beside it.
    // Another one has just taken its place, or the node is stopping: who is under way then is no reason to fail.
    [Theory]
    [InlineData(Use.Copies)]
    [InlineData(Use.Denylist)]
    [InlineData(Use.Counts)]
    public async Task Closed_while_somebody_asks(Use use)
    {
        await using var place = await RedisPlace.StartAsync();
        await using var lab = await OutageLab.StartAsync(use, place.ConnectionString);
        var connection = await lab.Line.ConnectionAsync(TestContext.Current.CancellationToken);

        connection.Client.Close(allowCommandsToComplete: false);

        Assert.False(await lab.AnsweredAsync());
        lab.NobodyElseWaits();
    }

    [Fact]
    public async Task A_connection_that_died_in_silence_is_replaced()
    {
        await using var place = await RedisPlace.StartAsync();
        using var wire = CutOffProxy.Start(place.Servers[0].Port);
        await using var lab = await OutageLab.StartAsync(Use.Copies, $"127.0.0.1:{wire.Port}");

        wire.Strand();
        await lab.OneIsKeptWaitingAsync();
        lab.NobodyElseWaits();

        await lab.ItComesBackAsync();
    }

    [Fact]
    public async Task Away_at_the_start()
    {
        await using var place = await RedisPlace.StartAsync();
        place.Kill();
        await using var lab = OutageLab.Begin(Use.Copies, place.ConnectionString);

        await lab.OneFindsNobodyAsync();
        lab.NobodyElseWaits();
        await place.StartAgainAsync();

        await lab.ItComesBackAsync();
        Assert.Equal([Lost, Regained], lab.Events);
    }

    [Fact]
    public async Task Many_who_ask_at_the_same_moment_wait_for_the_same_deadline()
    {
        await using var place = await RedisPlace.StartAsync();
        await using var lab = await OutageLab.StartAsync(Use.Copies, place.ConnectionString);

        place.Pause();
        var asked = Enumerable.Range(0, 50).Select(_ => lab.AskAsync()).ToList();
        Assert.Equal(50, lab.Clock.Waiting);
        lab.Clock.Expire();

        Assert.DoesNotContain(true, await Task.WhenAll(asked).WaitAsync(RedisLab.Patience));
        Assert.True(lab.AskAsync().IsCompletedSuccessfully);
        Assert.Equal(Lost, Assert.Single(lab.Events));
        place.Resume();
    }

    // Full, for one: it answers, so nobody waits and no circuit opens. That is said once and not each time.
    [Fact]
    public async Task A_command_that_is_refused_is_no_outage()
    {
        await using var place = await RedisPlace.StartAsync();
        await using var lab = await OutageLab.StartAsync(Use.Counts, place.ConnectionString);

        await place.Servers[0].AskAsync("CONFIG", "SET", "maxmemory", "1");
        for (var n = 0; n < 3; n++) Assert.False(await lab.AnsweredAsync());
        await place.Servers[0].AskAsync("CONFIG", "SET", "maxmemory", "0");

        Assert.True(await lab.AnsweredAsync());
        Assert.Equal((0, 0), (lab.Line.Missed, lab.Line.Lost));
        Assert.Equal(8003, Assert.Single(lab.Events));
    }

    // The client knows it beforehand and sends nothing: still no exception for whoever asks, and no circuit.
    [Fact]
    public async Task A_database_that_the_server_has_not_is_no_outage()
    {
        await using var place = await RedisPlace.StartAsync();
        await using var lab = OutageLab.Begin(Use.Counts, $"{place.ConnectionString},defaultDatabase=99");
        await lab.Line.ConnectionAsync(TestContext.Current.CancellationToken).WaitAsync(RedisLab.Patience);

        for (var n = 0; n < 3; n++) Assert.False(await lab.AnsweredAsync());

        Assert.Equal((0, 0), (lab.Line.Missed, lab.Line.Lost));
        Assert.Equal(8003, Assert.Single(lab.Events));
    }

    [Fact]
    public async Task What_fails_after_its_deadline_is_observed()
    {
        await using var place = await RedisPlace.StartAsync();
        await using var lab = await OutageLab.StartAsync(Use.Copies, place.ConnectionString);
        var unobserved = 0;
        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            await FailLateAsync(lab);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }
        Assert.Equal(0, unobserved);

        void Count(object? sender, UnobservedTaskExceptionEventArgs seen)
        {
            if (seen.Exception.InnerException is InvalidOperationException { Message: "too late" }) unobserved++;
        }
    }

    private static async Task FailLateAsync(OutageLab lab)
    {
        var gate = new TaskCompletionSource();
        var asked = lab.Line.AskAsync<int>("cancela:test", async (_, _) =>
        {
            await gate.Task;
            throw new InvalidOperationException("too late");
        }).AsTask();
        lab.Clock.Expire();
        Assert.IsType<RedisAnswer<int>.Unavailable>(await asked);
        gate.SetResult();
    }
}
