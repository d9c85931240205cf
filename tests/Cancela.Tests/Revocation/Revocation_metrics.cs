using System.Diagnostics.Metrics;
using Cancela.Revocation;
using Xunit;

namespace Cancela.Tests.Revocation;

/// <summary>What one node tells of its feed and its sight, to the tick.</summary>
public sealed class Revocation_metrics : RevocationTest
{
    private static readonly TimeSpan T = new RevocationOptions().MaxStaleness;

    private Meter NewMeter() => new(new MeterOptions("Cancela") { Scope = this });

    private Figures Watch(Node node, Meter meter)
    {
        new RevocationMetrics(meter, node.Staleness, node.Set, node.Follower, node.Revocations, node.Log).Observe();
        return new Figures(this);
    }

    [Fact]
    public async Task The_lag_runs_from_the_start_of_the_last_read_that_succeeded_and_is_not_told_before_the_first()
    {
        using var meter = NewMeter();
        using var figures = Watch(There, meter);
        Assert.Null(figures["cancela.revocation.lag"]);
        There.Database.Meanwhile = () => Clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.True(await There.PollAsync());
        Assert.Equal(0.3, figures["cancela.revocation.lag"]);

        There.Database.IsCut = true;
        Assert.False(await There.PollAsync());
        Assert.Equal(0.6, figures["cancela.revocation.lag"]);
    }

    [Fact]
    public async Task Blind_for_three_seconds_is_told_as_three_and_grows_while_it_is_blind()
    {
        using var meter = NewMeter();
        using var figures = Watch(There, meter);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, Blind());
        await There.PollAsync();
        Clock.Advance(T);
        Assert.Equal(0, Blind());

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Blind());
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(3, Blind());
        await There.PollAsync();
        Assert.Equal(3, Blind());
        Clock.Advance(T);
        Assert.Equal(3, Blind());

        Clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(4.5, Blind());

        double? Blind() => figures["cancela.revocation.blind.seconds"];
    }

    [Fact]
    public async Task Reads_by_how_they_ended_and_why_they_were_made()
    {
        using var meter = NewMeter();
        using var figures = Watch(There, meter);
        await There.Follower.StartAsync(CancellationToken.None);
        await There.Follower.Loaded;
        Assert.Equal(1, figures["cancela.revocation.feed.reads{outcome=success,reason=poll}"]);
        // The time that it leaves between two rings.
        Clock.Advance(DoorbellExchange.Gap);
        There.Doorbell.Ring();
        await Until(() => figures["cancela.revocation.feed.reads{outcome=success,reason=doorbell}"] == 1);
        There.Database.IsCut = true;
        Clock.Advance(DoorbellExchange.Gap);
        There.Doorbell.Ring();
        await Until(() => figures["cancela.revocation.feed.reads{outcome=failure,reason=doorbell}"] == 1);
        Assert.Equal(0, figures["cancela.revocation.feed.reads{outcome=failure,reason=poll}"]);
        await Until(() =>
        {
            Clock.Advance(There.Options.PollInterval / 5);
            return figures["cancela.revocation.feed.reads{outcome=failure,reason=poll}"] > 0;
        });

        await There.Follower.StopAsync(CancellationToken.None);
        Assert.Equal(1, figures["cancela.revocation.feed.reads{outcome=success,reason=poll}"]);
        Assert.Equal(1, figures["cancela.revocation.feed.reads{outcome=success,reason=doorbell}"]);
    }

    [Fact]
    public async Task Whom_the_store_was_asked_about_by_what_it_said()
    {
        using var meter = NewMeter();
        using var figures = Watch(There, meter);
        await There.PollAsync();
        await There.CheckAsync(Session);
        Clock.Advance(T + TimeSpan.FromTicks(1));
        await There.CheckAsync(Session);
        await There.CheckAsync(Session);
        await Here.RecordAsync(new RevocationEntry.SessionEnded(Session, InAnHour));
        await There.CheckAsync(Session);
        There.Database.IsCut = true;
        // What the store said is remembered, and it is not asked again.
        Assert.Equal(RevocationVerdict.SessionEnded, await There.CheckAsync(Session));
        await There.CheckAsync(Guid.CreateVersion7());

        Assert.Equal(2, figures["cancela.revocation.blind.asked{outcome=accepted}"]);
        Assert.Equal(1, figures["cancela.revocation.blind.asked{outcome=refused}"]);
        Assert.Equal(1, figures["cancela.revocation.blind.asked{outcome=unknown}"]);
    }
}
