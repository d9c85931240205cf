using Cancela.Revocation;
using Xunit;

namespace Cancela.Tests.Revocation;

public sealed class Blind_node : RevocationTest
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Until_T_after_the_last_read_the_set_decides_without_a_statement()
    {
        await There.PollAsync();
        Clock.Advance(There.Options.MaxStaleness);
        var statements = There.Database.Statements;

        Assert.Equal(RevocationVerdict.Counts, await There.CheckAsync(Session));
        Assert.Equal(statements, There.Database.Statements);
    }

    [Fact]
    public async Task After_T_it_asks_the_store_about_this_credential()
    {
        await GoBlind(There);
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));
        var statements = There.Database.Statements;

        Assert.Equal(RevocationVerdict.SessionEnded, await There.CheckAsync(Session));
        Assert.Equal(RevocationVerdict.Counts, await There.CheckAsync(Account));
        Assert.Equal(statements + 2, There.Database.Statements);
    }

    [Fact]
    public async Task A_store_that_is_cut_off_leaves_the_answer_unknown()
    {
        await GoBlind(There);
        There.Database.IsCut = true;
        Assert.Equal(RevocationVerdict.Unknown, await There.CheckAsync(Session));
    }

    [Fact]
    public async Task A_store_that_is_silent_leaves_the_answer_unknown_after_a_second()
    {
        await GoBlind(There);
        var silence = new TaskCompletionSource();
        There.Database.Asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        There.Database.Line = silence.Task;

        var answer = There.CheckAsync(Session);
        await There.Database.Asked.Task;
        Clock.Advance(TimeSpan.FromSeconds(1) - Tick);
        Assert.False(answer.IsCompleted);
        Clock.Advance(Tick);

        Assert.Equal(RevocationVerdict.Unknown, await answer);
        silence.SetResult();
    }

    [Fact]
    public async Task A_crowd_of_questions_to_a_silent_store_is_answered_and_the_store_is_asked_again_when_it_speaks()
    {
        await GoBlind(There);
        var silence = new TaskCompletionSource();
        There.Database.Line = silence.Task;
        var crowd = Task.WhenAll(Enumerable.Range(0, 200).Select(_ => There.CheckAsync(Session)));

        Assert.All(await Clock.RunAsync(crowd, TimeSpan.FromMilliseconds(10)), verdict => Assert.Equal(RevocationVerdict.Unknown, verdict));

        silence.SetResult();
        Assert.Equal(RevocationVerdict.Counts, await There.CheckAsync(Session));
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_not_answered()
    {
        await GoBlind(There);
        There.Database.Line = new TaskCompletionSource().Task;
        using var gone = new CancellationTokenSource();
        var answer = There.Revocations.CheckAsync(Session, Account, 1, null, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task What_may_not_ask_the_store_is_told_unknown_and_nothing_is_asked()
    {
        await GoBlind(There);
        var statements = There.Database.Statements;
        Assert.Equal(RevocationVerdict.Unknown, There.Check(Session));
        Assert.Equal(statements, There.Database.Statements);
    }

    [Fact]
    public async Task Set_to_refuse_it_asks_nobody()
    {
        using var node = new Node(Store.Database, Clock, new RevocationOptions { WhenBlind = WhenBlind.Refuse });
        await GoBlind(node);
        var statements = node.Database.Statements;
        Assert.Equal(RevocationVerdict.Unknown, await node.CheckAsync(Session));
        Assert.Equal(statements, node.Database.Statements);
    }

    [Fact]
    public async Task Set_to_accept_it_decides_from_what_it_last_knew()
    {
        using var node = new Node(Store.Database, Clock, new RevocationOptions { WhenBlind = WhenBlind.Accept });
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Account, InAnHour));
        await GoBlind(node);
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));

        Assert.Equal(RevocationVerdict.Counts, node.Check(Session));
        Assert.Equal(RevocationVerdict.Counts, await node.CheckAsync(Session));
        Assert.Equal(RevocationVerdict.SessionEnded, await node.CheckAsync(Account));
    }

    [Theory]
    [InlineData(WhenBlind.AskStore)]
    [InlineData(WhenBlind.Refuse)]
    public async Task What_it_knows_to_be_revoked_is_refused_as_such_however_blind_it_is(WhenBlind whenBlind)
    {
        using var node = new Node(Store.Database, Clock, new RevocationOptions { WhenBlind = whenBlind });
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));
        await GoBlind(node);
        node.Database.IsCut = true;
        Assert.Equal(RevocationVerdict.SessionEnded, await node.CheckAsync(Session));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public async Task A_wall_clock_that_jumps_makes_it_ask_the_store_until_its_next_read(int seconds)
    {
        await There.PollAsync();
        Clock.JumpWall(TimeSpan.FromSeconds(seconds));
        Assert.Equal(RevocationVerdict.Unknown, There.Check(Session));
        Assert.Equal(RevocationVerdict.Counts, await There.CheckAsync(Session));

        await There.PollAsync();
        Assert.Equal(RevocationVerdict.Counts, There.Check(Session));
    }

    [Fact]
    public async Task While_it_is_not_blind_a_check_completes_at_once_and_allocates_nothing()
    {
        await There.PollAsync();
        Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Ask()
        {
            for (var i = 0; i < 1_000; i++)
            {
                var answer = There.Revocations.CheckAsync(Session, Account, 1, "k", CancellationToken.None);
                if (!answer.IsCompletedSuccessfully) throw new InvalidOperationException("It waited.");
            }
        }
    }

    [Fact]
    public async Task A_cache_learns_from_the_lowest_version_that_its_copy_is_old()
    {
        Assert.Equal(int.MinValue, Here.Revocations.LowestVersion(Account));
        await Here.RecordAsync(new RevocationEntry.AccountMovedOn(Account, 5, InAnHour));
        Assert.Equal(5, Here.Revocations.LowestVersion(Account));
    }

    private async Task GoBlind(Node node)
    {
        await node.PollAsync();
        Clock.Advance(node.Options.MaxStaleness + Tick);
    }
}
