using System.Diagnostics;
using Cancela.Revocation;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Revocation;

public sealed class Revocation_follower : RevocationTest
{
    private static readonly TimeSpan T = TimeSpan.FromSeconds(2);
    private const int Loaded = 3001, Lost = 3002, Regained = 3003, Accepting = 3005;

    [Fact]
    public async Task Another_process_learns_at_its_next_poll_though_nobody_rings()
    {
        await There.Follower.StartAsync(CancellationToken.None);
        await There.Follower.Loaded;
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));
        Assert.Equal(RevocationVerdict.Counts, There.Check(Session));

        // The loop arms its timer on a thread of its own, so time passes in steps, and between them others may run.
        var stepped = Stopwatch.GetTimestamp();
        await Until(() =>
        {
            if (Stopwatch.GetElapsedTime(stepped) > TimeSpan.FromMilliseconds(10))
            {
                Clock.Advance(There.Options.PollInterval / 5);
                stepped = Stopwatch.GetTimestamp();
            }
            return There.Check(Session) == RevocationVerdict.SessionEnded;
        });
        await There.Follower.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_doorbell_makes_it_read_at_once()
    {
        await There.Follower.StartAsync(CancellationToken.None);
        await There.Follower.Loaded;
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));

        Clock.Advance(DoorbellExchange.Gap);
        There.Doorbell.Ring();
        await Until(() => There.Check(Session) == RevocationVerdict.SessionEnded);
        await There.Follower.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_doorbell_that_never_stops_makes_it_read_at_most_every_few_milliseconds()
    {
        await There.Follower.StartAsync(CancellationToken.None);
        await There.Follower.Loaded;
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));
        var reads = There.Database.Statements;

        There.Doorbell.Ring();
        await Clock.ArmedAsync(DoorbellExchange.Gap);
        Assert.Equal(reads, There.Database.Statements);

        Clock.Advance(DoorbellExchange.Gap);
        await Until(() => There.Check(Session) == RevocationVerdict.SessionEnded);
        await There.Follower.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Rings_that_come_while_it_is_busy_count_as_one()
    {
        for (var i = 0; i < 100; i++) There.Doorbell.Ring();
        await There.Doorbell.WaitAsync(T, Clock, CancellationToken.None);

        var second = There.Doorbell.WaitAsync(T, Clock, CancellationToken.None);
        Assert.False(second.IsCompleted);
        There.Doorbell.Ring();
        await second;
    }

    [Fact]
    public async Task A_session_that_an_operator_deletes_with_plain_sql_is_refused_after_a_poll()
    {
        await Store.RunAsync(
            "INSERT INTO cancela_accounts (id, email, email_key, role, created_at, updated_at) VALUES (@id, 'a@b.c', 'a@b.c', 'USER', @now, @now)",
            ("id", Account), ("now", Clock.GetUtcNow()));
        await Store.RunAsync(
            """
            INSERT INTO cancela_sessions (id, account_id, strategy, authenticated_at, created_at, last_seen_at, expires_at, absolute_expires_at)
            VALUES (@id, @account, 'session', @now, @now, @now, @later, @later)
            """,
            ("id", Session), ("account", Account), ("now", Clock.GetUtcNow()), ("later", InAnHour));
        await There.PollAsync();
        Assert.Equal(RevocationVerdict.Counts, There.Check(Session));

        await Store.RunAsync("DELETE FROM cancela_sessions");
        await There.PollAsync();

        Assert.Equal(RevocationVerdict.SessionEnded, There.Check(Session));
    }

    [Fact]
    public async Task The_whole_log_is_in_the_set_before_it_reports_ready()
    {
        await Here.Database.TransactAsync(
            async transaction =>
            {
                for (var i = 0; i < 3_000; i++) Here.Log.Append(transaction, new RevocationEntry.SessionEnded(new Dice((ulong)i).NextGuid(), InAnHour));
                return 0;
            },
            CancellationToken.None);
        Assert.False(There.Follower.IsLoaded);

        await There.PollAsync();

        Assert.True(There.Follower.IsLoaded);
        Assert.Equal(3_000, There.Set.Count);
        Assert.Equal([Loaded], There.Lines.Ids);
    }

    [Fact]
    public async Task A_database_that_is_not_there_at_start_is_waited_for()
    {
        await using var store = await TestStore.CreateAsync(prepared: false);
        await using var late = store.Open(Clock);
        using var node = new Node(late, Clock);
        Assert.False(await node.PollAsync());
        Assert.False(node.Follower.IsLoaded);
        Assert.Equal(RevocationVerdict.Unknown, node.Check(Session));

        await late.PrepareAsync(CancellationToken.None);

        Assert.True(await node.PollAsync());
        Assert.True(node.Follower.IsLoaded);
        Assert.Equal(RevocationVerdict.Counts, node.Check(Session));
    }

    [Fact]
    public async Task An_outage_is_logged_when_it_begins_and_when_it_ends()
    {
        await There.PollAsync();
        There.Database.IsCut = true;
        for (var i = 0; i < 3; i++) Assert.False(await There.PollAsync());
        There.Database.IsCut = false;
        for (var i = 0; i < 3; i++) Assert.True(await There.PollAsync());

        Assert.Equal([Loaded, Lost, Regained], There.Lines.Ids);
    }

    [Fact]
    public async Task What_was_revoked_during_an_outage_is_known_after_it()
    {
        await There.PollAsync();
        There.Database.IsCut = true;
        await There.PollAsync();
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));
        There.Database.IsCut = false;
        await There.PollAsync();

        Assert.Equal(RevocationVerdict.SessionEnded, There.Check(Session));
    }

    [Fact]
    public async Task A_read_that_hangs_is_given_up_and_the_next_one_confirms()
    {
        var hanging = new TaskCompletionSource();
        There.Database.Line = hanging.Task;
        var first = There.PollAsync();
        await There.Database.Asked.Task;
        Assert.False(await Clock.RunAsync(first, TimeSpan.FromMilliseconds(100)));

        There.Database.Line = Task.CompletedTask;
        Assert.True(await There.PollAsync());
        Assert.True(There.Staleness.IsConfirmed);

        hanging.SetResult();
    }

    [Fact]
    public async Task A_confirmation_counts_from_the_start_of_the_read()
    {
        There.Database.Meanwhile = () => Clock.Advance(T * 0.75);
        Assert.True(await There.PollAsync());
        Assert.Equal(RevocationVerdict.Counts, There.Check(Session));

        // Less than T after the end of the read, more than T after its start.
        Clock.Advance(T * 0.5);
        Assert.Equal(RevocationVerdict.Unknown, There.Check(Session));
    }

    [Fact]
    public async Task A_wall_clock_set_back_brings_no_dropped_entry_to_life()
    {
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, Clock.GetUtcNow().AddMinutes(10)));
        await There.PollAsync();

        Clock.JumpWall(TimeSpan.FromMinutes(30));
        await There.PollAsync();
        There.Set.Drop(Clock.GetUtcNow());
        Assert.Equal(RevocationVerdict.Counts, There.Check(Session));

        Clock.JumpWall(TimeSpan.FromMinutes(-30));
        Assert.Equal(RevocationVerdict.Unknown, There.Check(Session));
        await There.PollAsync();
        Assert.Equal(RevocationVerdict.SessionEnded, There.Check(Session));
    }

    [Fact]
    public async Task A_wall_clock_that_creeps_back_brings_no_dropped_entry_to_life()
    {
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, Clock.GetUtcNow().AddMinutes(10)));
        Clock.JumpWall(TimeSpan.FromMinutes(16));
        await There.PollAsync();
        There.Set.Drop(Clock.GetUtcNow());
        Assert.Equal(0, There.Set.Count);

        // Each step is within T, so no step blinds; together they pass the entry's time again.
        for (var i = 0; i < 10 * 60; i++)
        {
            Clock.JumpWall(TimeSpan.FromSeconds(-1));
            await There.PollAsync();
            Assert.True(There.Staleness.IsConfirmed);
        }

        Assert.Equal(RevocationVerdict.SessionEnded, There.Check(Session));
    }

    [Fact]
    [Trait("store", "sqlite")]
    public async Task A_database_restored_from_an_older_backup_is_read_from_its_beginning()
    {
        TestStore.OnlySqlite("PostgreSQL numbers the log by its transactions: only another cluster has lower numbers.");
        for (var i = 0; i < 5; i++) await Here.RecordAsync(new RevocationEntry.KeyRetired("k" + i, InAnHour));
        await There.PollAsync();
        await Store.RunAsync("DELETE FROM cancela_revocations");
        await Store.RunAsync("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'cancela_revocations'");
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));

        Assert.False(await There.PollAsync());
        Assert.True(await There.PollAsync());
        Assert.Equal(RevocationVerdict.SessionEnded, There.Check(Session));
    }

    [Fact]
    public async Task It_clears_set_and_log_away_as_time_passes()
    {
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, Clock.GetUtcNow()));
        await There.Follower.StartAsync(CancellationToken.None);
        await There.Follower.Loaded;
        Assert.Equal(1, There.Set.Count);

        var rows = 1;
        // The sweep of the log runs beside the loop, on a thread that may be busy: it is given real time, not a number of turns.
        var started = Stopwatch.GetTimestamp();
        while ((rows > 0 || There.Set.Count > 0) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            There.Doorbell.Ring();
            await Until(() => There.Staleness.Lag == TimeSpan.Zero);
            rows = (await Store.ReadAsync("SELECT position FROM cancela_revocations")).Count;
        }

        Assert.Equal(0, There.Set.Count);
        Assert.Equal(0, rows);
        await There.Follower.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task It_stops_in_peace_while_the_store_fails()
    {
        await There.Follower.StartAsync(CancellationToken.None);
        await There.Follower.Loaded;
        var hanging = new TaskCompletionSource();
        There.Database.Asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        There.Database.Line = hanging.Task;
        There.Database.IsCut = true;
        Clock.Advance(DoorbellExchange.Gap);
        There.Doorbell.Ring();
        await There.Database.Asked.Task;

        await There.Follower.StopAsync(CancellationToken.None);

        Assert.True(There.Follower.ExecuteTask!.IsCompletedSuccessfully);
        hanging.SetResult();
    }

    [Theory]
    [InlineData(WhenBlind.Accept, true)]
    [InlineData(WhenBlind.AskStore, false)]
    public async Task A_node_that_accepts_when_blind_says_so_at_start(WhenBlind whenBlind, bool warns)
    {
        using var node = new Node(Store.Database, Clock, new RevocationOptions { WhenBlind = whenBlind });
        await node.Follower.StartAsync(CancellationToken.None);
        await node.Follower.Loaded;
        await node.Follower.StopAsync(CancellationToken.None);

        Assert.Equal(warns, node.Lines.Ids.Contains(Accepting));
    }
}
