using Cancela.Revocation;
using Xunit;

namespace Cancela.Tests.Revocation;

public sealed class Revocation_log : RevocationTest
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_node_that_acknowledges_refuses_from_that_moment_without_reading()
    {
        await Here.PollAsync();
        Assert.Equal(RevocationVerdict.Counts, Here.Check(Session));

        var statements = Here.Database.Statements;
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));

        Assert.Equal(RevocationVerdict.SessionEnded, Here.Check(Session));
        Assert.Equal(statements + 1, Here.Database.Statements);
    }

    [Fact]
    public async Task What_was_rolled_back_was_never_revoked()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Here.Database.TransactAsync<int>(
            async transaction =>
            {
                Here.Log.Append(transaction, new RevocationEntry.SessionEnded(Session, InAnHour));
                throw new InvalidOperationException();
            },
            CancellationToken.None));
        await Here.PollAsync();

        Assert.Equal(RevocationVerdict.Counts, Here.Check(Session));
        Assert.Empty(await Store.ReadAsync("SELECT position FROM cancela_revocations"));
    }

    [Fact]
    public async Task Every_kind_comes_back_as_it_was_written()
    {
        RevocationEntry[] written =
        [
            new RevocationEntry.SessionEnded(Session, InAnHour),
            new RevocationEntry.AccountMovedOn(Account, 4, InAnHour.AddMilliseconds(123)),
            new RevocationEntry.KeyRetired("K-1", InAnHour.ToOffset(TimeSpan.FromHours(-3))),
        ];
        foreach (var entry in written) await Here.RecordAsync(entry);

        var read = new List<RevocationEntry>();
        await There.Log.ReadAsync(LogPosition.Beginning, read.Add, CancellationToken.None);

        Assert.Equal(written, read);
    }

    [Fact]
    public async Task Reading_on_brings_only_what_is_new()
    {
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));
        var here = await There.Log.ReadAsync(LogPosition.Beginning, static _ => { }, CancellationToken.None);
        await Here.RecordAsync(new RevocationEntry.KeyRetired("k", InAnHour));

        var read = new List<RevocationEntry>();
        await There.Log.ReadAsync(here, read.Add, CancellationToken.None);

        Assert.IsType<RevocationEntry.KeyRetired>(Assert.Single(read));
    }

    [Fact]
    public async Task A_subject_that_is_no_id_covers_nothing_and_hides_nothing()
    {
        await Store.RunAsync("INSERT INTO cancela_revocations (kind, subject, until, recorded_at) VALUES ('session', 'tea', @at, @at)", ("at", InAnHour));
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));

        Assert.True(await There.PollAsync());
        Assert.Equal(RevocationVerdict.SessionEnded, There.Check(Session));
    }

    [Fact]
    public async Task The_store_answers_for_one_credential()
    {
        await Here.RecordAsync(new RevocationEntry.KeyRetired("k", InAnHour));
        await Here.RecordAsync(new RevocationEntry.AccountMovedOn(Account, 3, InAnHour));
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));

        Assert.Equal(RevocationVerdict.SessionEnded, await Ask(Session, Account, 1, "k"));
        Assert.Equal(RevocationVerdict.AccountMovedOn, await Ask(Account, Account, 2, "k"));
        Assert.Equal(RevocationVerdict.KeyRetired, await Ask(Account, Account, 3, "k"));
        Assert.Equal(RevocationVerdict.Counts, await Ask(Account, Account, 3, "other"));
        Assert.Equal(RevocationVerdict.Counts, await Ask(Account, Session, 1, null));

        Task<RevocationVerdict> Ask(Guid session, Guid account, int version, string? key) =>
            There.Log.AskAsync(session, account, version, key, CancellationToken.None);
    }

    [Fact]
    public async Task Rows_go_an_hour_after_their_time_and_not_before()
    {
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, Clock.GetUtcNow()));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await Here.Log.SweepAsync(CancellationToken.None));

        Clock.Advance(Second);
        Assert.Equal(1, await Here.Log.SweepAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_sweep_of_many_rows_is_done_in_pieces_to_the_end()
    {
        // Rows of one transaction may share a position, and then go together.
        for (var hours = 4; hours > 1; hours--)
        {
            await Store.RunAsync(
                $"""
                INSERT INTO cancela_revocations (kind, subject, until, recorded_at)
                SELECT 'key', 'k' || value, @past, @past FROM
                    (WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {(hours > 2 ? 1_000 : 500)}) SELECT value FROM n) AS rows
                """,
                ("past", Clock.GetUtcNow().AddHours(-hours)));
        }
        var statements = Here.Database.Statements;

        Assert.Equal(2_500, await Here.Log.SweepAsync(CancellationToken.None));
        Assert.Equal(3, Here.Database.Statements - statements);
    }

    [Fact]
    public async Task A_sweep_never_makes_a_reader_miss_what_comes_after_it()
    {
        for (var i = 0; i < 5; i++) await Here.RecordAsync(new RevocationEntry.KeyRetired("k" + i, Clock.GetUtcNow()));
        Assert.True(await There.PollAsync());

        Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(5, await Here.Log.SweepAsync(CancellationToken.None));
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));

        Assert.True(await There.PollAsync());
        Assert.Equal(RevocationVerdict.SessionEnded, There.Check(Session));
    }
}
