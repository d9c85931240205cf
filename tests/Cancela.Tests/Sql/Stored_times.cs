using Cancela.Sql;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Sql;

/// <summary>SQLite stores a time as text and compares it as text: the order of the texts must be the order of the times.</summary>
public sealed class Stored_times
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>In order.</summary>
    private static readonly DateTimeOffset[] Times =
    [
        new(999, 12, 31, 23, 59, 59, TimeSpan.Zero),
        Noon.AddTicks(-1), Noon, Noon.AddTicks(1), Noon.AddTicks(10), Noon.AddMilliseconds(1), Noon.AddMilliseconds(9), Noon.AddMilliseconds(10),
        Noon.AddMilliseconds(500), Noon.AddMilliseconds(500).AddTicks(1), Noon.AddMilliseconds(510), Noon.AddSeconds(1), Noon.AddSeconds(1.5),
        Noon.AddMinutes(1), Noon.AddDays(1), new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
    ];

    [Fact]
    public async Task Are_in_the_order_of_time_whole_seconds_and_fractions_alike()
    {
        await using var store = await Filled(Times.Reverse());

        var read = await store.Database.ReadAllAsync(
            new Statement("SELECT at FROM times ORDER BY at"), row => row.GetFieldValue<DateTimeOffset>(0), TestContext.Current.CancellationToken);

        Assert.Equal(Times, read);
    }

    [Fact]
    public async Task Are_in_UTC_whatever_offset_they_came_with()
    {
        var here = new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.FromHours(-3));
        await using var store = await Filled([here]);

        Assert.Equal(["2026-01-15 12:00:00+00:00"], await store.ReadAsync("SELECT at FROM times"));
        Assert.Equal(["1"], await store.ReadAsync("SELECT count(*) FROM times WHERE at = @at", ("at", here.ToOffset(TimeSpan.FromHours(9)))));
    }

    [Fact]
    public async Task Written_by_a_trigger_compare_with_ours()
    {
        await using var store = await Filled([Noon.AddMilliseconds(250)]);

        Assert.Equal(["1"], await store.ReadAsync(
            "SELECT count(*) FROM times WHERE strftime('%Y-%m-%d %H:%M:%f+00:00', '2026-01-15 12:00:00.249') < at AND at < strftime('%Y-%m-%d %H:%M:%f+00:00', '2026-01-15 12:00:00.251')"));
    }

    private static async Task<TestDatabase> Filled(IEnumerable<DateTimeOffset> times)
    {
        var store = await TestDatabase.CreateAsync();
        await store.RunAsync("CREATE TABLE times (at TEXT NOT NULL) STRICT");
        foreach (var at in times) await store.RunAsync("INSERT INTO times (at) VALUES (@at)", ("at", at));
        return store;
    }
}
