using Cancela.Revocation;
using Xunit;

namespace Cancela.Tests.Revocation;

public sealed class Revocation_set
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Session = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid Account = new("22222222-2222-2222-2222-222222222222");

    private readonly RevocationSet _set = new();

    [Fact]
    public void What_nobody_revoked_counts() =>
        Assert.Equal(RevocationVerdict.Counts, _set.Find(Session, Account, 1, "k"));

    [Fact]
    public void Each_kind_covers_what_names_it_and_nothing_else()
    {
        _set.Add(new RevocationEntry.SessionEnded(Session, Noon));
        _set.Add(new RevocationEntry.AccountMovedOn(Account, 3, Noon));
        _set.Add(new RevocationEntry.KeyRetired("old", Noon));

        Assert.Equal(RevocationVerdict.SessionEnded, _set.Find(Session, Guid.Empty, 9, null));
        Assert.Equal(RevocationVerdict.AccountMovedOn, _set.Find(Guid.Empty, Account, 2, null));
        Assert.Equal(RevocationVerdict.Counts, _set.Find(Guid.Empty, Account, 3, null));
        Assert.Equal(RevocationVerdict.KeyRetired, _set.Find(Guid.Empty, Guid.Empty, 9, "old"));
        Assert.Equal(RevocationVerdict.Counts, _set.Find(Guid.Empty, Guid.Empty, 9, "OLD"));
        Assert.Equal(3, _set.LowestVersion(Account));
        Assert.Equal(3, _set.Count);
    }

    [Fact]
    public void The_session_is_named_before_the_account_and_the_account_before_the_key()
    {
        _set.Add(new RevocationEntry.KeyRetired("k", Noon));
        Assert.Equal(RevocationVerdict.KeyRetired, _set.Find(Session, Account, 1, "k"));
        _set.Add(new RevocationEntry.AccountMovedOn(Account, 2, Noon));
        Assert.Equal(RevocationVerdict.AccountMovedOn, _set.Find(Session, Account, 1, "k"));
        _set.Add(new RevocationEntry.SessionEnded(Session, Noon));
        Assert.Equal(RevocationVerdict.SessionEnded, _set.Find(Session, Account, 1, "k"));
    }

    [Fact]
    public void An_account_never_moves_back_in_whatever_order_entries_come()
    {
        _set.Add(new RevocationEntry.AccountMovedOn(Account, 7, Noon));
        _set.Add(new RevocationEntry.AccountMovedOn(Account, 5, Noon.AddHours(1)));

        _set.Drop(Noon + RevocationSet.Margin + TimeSpan.FromMinutes(1));

        Assert.Equal(7, _set.LowestVersion(Account));
    }

    [Fact]
    public void An_entry_is_dropped_after_its_time_and_the_margin_and_never_before()
    {
        var until = Noon.AddMilliseconds(300);
        _set.Add(new RevocationEntry.SessionEnded(Session, until));
        _set.Add(new RevocationEntry.AccountMovedOn(Account, 2, until));
        _set.Add(new RevocationEntry.KeyRetired("k", until));

        _set.Drop(until + RevocationSet.Margin);
        Assert.Equal(3, _set.Count);

        _set.Drop(until + RevocationSet.Margin + TimeSpan.FromSeconds(2));
        Assert.Equal(0, _set.Count);
        Assert.Equal(RevocationVerdict.Counts, _set.Find(Session, Account, 1, "k"));
    }

    [Fact]
    public void An_entry_that_comes_again_for_longer_stays_for_longer()
    {
        _set.Add(new RevocationEntry.SessionEnded(Session, Noon));
        _set.Add(new RevocationEntry.SessionEnded(Session, Noon.AddHours(1)));
        _set.Add(new RevocationEntry.SessionEnded(Session, Noon));

        _set.Drop(Noon.AddMinutes(30));

        Assert.Equal(1, _set.Count);
        Assert.Equal(RevocationVerdict.SessionEnded, _set.Find(Session, Account, 1, null));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", false)]
    [InlineData("9999-12-31T23:59:59Z", true)]
    public void Times_beyond_what_four_bytes_hold_are_the_nearest_that_they_hold(string until, bool stays)
    {
        _set.Add(new RevocationEntry.SessionEnded(Session, DateTimeOffset.Parse(until)));
        _set.Drop(Noon);
        Assert.Equal(stays, _set.Find(Session, Account, 1, null) == RevocationVerdict.SessionEnded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void It_answers_like_a_dictionary_after_any_operations(int seed)
    {
        var dice = new Dice((ulong)seed);
        var sessions = Enumerable.Range(0, 3_000).Select(_ => dice.NextGuid()).ToArray();
        var accounts = Enumerable.Range(0, 50).Select(_ => dice.NextGuid()).ToArray();
        var ended = new Dictionary<Guid, DateTimeOffset>();
        var moved = new Dictionary<Guid, (int MinVersion, DateTimeOffset Until)>();
        var now = Noon;

        for (var i = 0; i < 30_000; i++)
        {
            var until = now.AddSeconds(dice.Below(600));
            var session = sessions[dice.Below(sessions.Length)];
            var account = accounts[dice.Below(accounts.Length)];
            switch (dice.Below(8))
            {
                case < 4:
                    _set.Add(new RevocationEntry.SessionEnded(session, until));
                    ended[session] = ended.TryGetValue(session, out var known) && known > until ? known : until;
                    break;
                case 4:
                    var floor = moved.GetValueOrDefault(account, (MinVersion: 0, Until: until));
                    var version = dice.Below(20);
                    _set.Add(new RevocationEntry.AccountMovedOn(account, version, until));
                    moved[account] = (Math.Max(floor.MinVersion, version), floor.Until > until ? floor.Until : until);
                    break;
                case 5 when i % 100 == 0:
                    now = now.AddSeconds(dice.Below(900));
                    _set.Drop(now);
                    // What may be dropped may also stay for a while; only what must not be dropped is compared.
                    foreach (var old in ended.Where(pair => pair.Value + RevocationSet.Margin < now).ToList()) ended.Remove(old.Key);
                    foreach (var old in moved.Where(pair => pair.Value.Until + RevocationSet.Margin < now).ToList()) moved.Remove(old.Key);
                    break;
                default:
                    if (ended.ContainsKey(session)) Assert.Equal(RevocationVerdict.SessionEnded, _set.Find(session, account, 99, null));
                    if (moved.TryGetValue(account, out var lowest)) Assert.Equal(lowest.MinVersion, _set.LowestVersion(account));
                    break;
            }
        }

        Assert.All(ended.Keys, session => Assert.Equal(RevocationVerdict.SessionEnded, _set.Find(session, Guid.Empty, 99, null)));
        Assert.All(
            Enumerable.Range(0, 10_000).Select(_ => dice.NextGuid()),
            stranger => Assert.Equal(RevocationVerdict.Counts, _set.Find(stranger, stranger, 0, "k")));
        _set.Drop(now.AddDays(1));
        Assert.Equal(0, _set.Count);
        Assert.All(sessions, session => Assert.Equal(RevocationVerdict.Counts, _set.Find(session, Guid.Empty, 99, null)));
    }

    [Fact]
    public async Task What_was_added_before_a_signal_is_always_seen_after_it_and_what_was_not_never()
    {
        const int PerWriter = 100_000;
        var published = new int[2];
        var misses = 0;
        var strangers = 0;
        var looked = 0L;

        Guid Id(int writer, int number) => new Dice(((ulong)writer << 32) | (uint)number).NextGuid();

        // Writers add, tables grow and are swept of short-lived entries; readers look only for what was signalled.
        var writers = Enumerable.Range(0, 2).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < PerWriter; i++)
            {
                _set.Add(new RevocationEntry.SessionEnded(Id(writer, i), Noon.AddHours(1)));
                _set.Add(new RevocationEntry.SessionEnded(Id(writer + 10, i), Noon.AddHours(-1)));
                Volatile.Write(ref published[writer], i + 1);
                if (writer == 0 && i % 10_000 == 9_999) _set.Drop(Noon);
            }
        })).ToArray();
        var readers = Enumerable.Range(0, 2).Select(reader => Task.Run(() =>
        {
            var dice = new Dice((ulong)reader + 77);
            do
            {
                var writer = dice.Below(2);
                var known = Volatile.Read(ref published[writer]);
                if (known == 0) continue;
                // The newest one is where a race would show.
                var number = dice.Below(2) == 0 ? known - 1 : dice.Below(known);
                if (_set.Find(Id(writer, number), Guid.Empty, 1, null) != RevocationVerdict.SessionEnded) Interlocked.Increment(ref misses);
                if (_set.Find(Id(reader + 20, known), Guid.Empty, 1, null) != RevocationVerdict.Counts) Interlocked.Increment(ref strangers);
                Interlocked.Increment(ref looked);
            }
            while (!Task.WhenAll(writers).IsCompleted);
        })).ToArray();

        await Task.WhenAll([.. writers, .. readers]);

        Assert.Equal(0, misses);
        Assert.Equal(0, strangers);
        Assert.True(looked > 1_000);
    }

    [Fact]
    public void A_lookup_allocates_nothing()
    {
        for (var i = 0; i < 1_000; i++) _set.Add(new RevocationEntry.SessionEnded(new Dice((ulong)i).NextGuid(), Noon));
        _set.Add(new RevocationEntry.AccountMovedOn(Account, 1, Noon));
        _set.Add(new RevocationEntry.KeyRetired("old", Noon));
        Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Ask()
        {
            for (var i = 0; i < 1_000; i++) _ = _set.Find(Session, Account, 1, "new");
        }
    }
}
