using Cancela.Strategies;
using Xunit;

namespace Cancela.Tests.Strategies;

public class Last_seen : SessionLab
{
    private LastSeen _lastSeen = null!;

    private LastSeen Marks => _lastSeen ??= new LastSeen(Store.Database, Clock);

    [Fact]
    public async Task A_mark_is_written_later_with_the_time_at_which_it_was_left()
    {
        var row = (await OpenAsync())!;
        Clock.Advance(TimeSpan.FromMinutes(5));
        Marks.Mark(row.Id);
        var seen = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(row.LastSeenAt, await SeenAsync(row.Id));

        await Marks.WriteAsync(Token);

        Assert.Equal(seen, await SeenAsync(row.Id));
    }

    [Fact]
    public async Task Within_a_minute_a_session_leaves_one_mark()
    {
        var row = (await OpenAsync())!;
        Clock.Advance(TimeSpan.FromMinutes(5));
        var seen = Clock.GetUtcNow();
        Marks.Mark(row.Id);
        Clock.Advance(TimeSpan.FromSeconds(59));
        Marks.Mark(row.Id);
        await Marks.WriteAsync(Token);
        Assert.Equal(seen, await SeenAsync(row.Id));

        Clock.Advance(TimeSpan.FromSeconds(1));
        Marks.Mark(row.Id);
        await Marks.WriteAsync(Token);
        Assert.Equal(seen.AddMinutes(1), await SeenAsync(row.Id));
    }

    [Fact]
    public async Task Without_marks_the_store_is_not_asked()
    {
        var row = (await OpenAsync())!;
        Marks.Mark(row.Id);
        await Marks.WriteAsync(Token);
        var before = Store.Database.Statements;

        await Marks.WriteAsync(Token);

        Assert.Equal(before, Store.Database.Statements);
    }

    [Fact]
    public async Task A_later_time_of_another_node_stays()
    {
        var row = (await OpenAsync())!;
        Clock.Advance(TimeSpan.FromMinutes(5));
        Marks.Mark(row.Id);
        var later = Clock.GetUtcNow().AddMinutes(3);
        await Store.RunAsync("UPDATE cancela_sessions SET last_seen_at = @later", ("later", later));

        await Marks.WriteAsync(Token);

        Assert.Equal(later, await SeenAsync(row.Id));
    }

    [Fact]
    public async Task Many_marks_are_all_written()
    {
        var rows = new List<Guid>();
        for (var i = 0; i < 900; i++) rows.Add((await OpenAsync())!.Id);
        Clock.Advance(TimeSpan.FromMinutes(5));
        rows.ForEach(Marks.Mark);

        await Marks.WriteAsync(Token);

        Assert.Equal(["900"], await Store.ReadAsync("SELECT count(*) FROM cancela_sessions WHERE last_seen_at > created_at"));
    }

    private async Task<DateTimeOffset> SeenAsync(Guid id) => (await Sessions.FindAsync(id, Token))!.LastSeenAt;
}
