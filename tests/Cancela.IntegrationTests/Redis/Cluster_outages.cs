using System.Net;
using Cancela.Redis;
using Cancela.Strategies.RefreshDenylist;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>The same on a cluster, where one master may go and the others stay.</summary>
public sealed class Cluster_outages
{
    [Theory]
    [InlineData(Use.Copies)]
    [InlineData(Use.Denylist)]
    [InlineData(Use.Counts)]
    public async Task Stalled_as_a_whole(Use use)
    {
        await using var place = await RedisPlace.StartAsync(cluster: true);
        await using var lab = await OutageLab.StartAsync(use, place.ConnectionString);

        place.Pause();
        // A circuit for each master: each costs one deadline, and three are all that is ever waited for.
        while (lab.Line.Lost < place.Servers.Count)
        {
            var asked = lab.AskAsync();
            lab.Clock.Expire();
            Assert.False(await asked.WaitAsync(RedisLab.Patience));
        }
        Assert.Equal(place.Servers.Count, lab.Line.Missed);
        for (var n = 0; n < 1_000; n++) Assert.True(lab.AskAsync().IsCompletedSuccessfully);
        Assert.Equal(place.Servers.Count, lab.Line.Missed);
        place.Resume();

        await lab.ItComesBackAsync(eventually: true);
    }

    [Fact]
    public async Task Of_three_masters_one_stalls_and_the_keys_of_the_others_go_on()
    {
        await using var place = await RedisPlace.StartAsync(cluster: true);
        await Task.WhenAll(place.Servers.Select(static server => server.AskAsync("CONFIG", "SET", "cluster-require-full-coverage", "no")));
        await using var lab = await OutageLab.StartAsync(Use.Denylist, place.ConnectionString);
        var connection = await lab.Line.ConnectionAsync(CancellationToken.None);
        var sessions = Enumerable.Range(0, 300).Select(static _ => Guid.CreateVersion7())
            .ToLookup(id => ((IPEndPoint)connection.ServerOf(RedisKeys.Denied(id))!).Port == place.Servers[1].Port);
        var denylist = new RedisDenylist(lab.Line);

        place.Servers[1].Pause();
        var kept = denylist.AskAsync(sessions[true].First()).AsTask();
        lab.Clock.Expire();
        Assert.Equal(DenylistAnswer.Unavailable, await kept.WaitAsync(RedisLab.Patience));

        foreach (var id in sessions[true])
        {
            var asked = denylist.AskAsync(id).AsTask();
            Assert.True(asked.IsCompletedSuccessfully);
            Assert.Equal(DenylistAnswer.Unavailable, await asked);
        }
        foreach (var id in sessions[false]) Assert.Equal(DenylistAnswer.NotListed, await RedisLab.InTime(denylist.AskAsync(id)));
        Assert.Equal((1, 1), (lab.Line.Missed, lab.Line.Lost));
        place.Servers[1].Resume();
        await lab.ItComesBackAsync(eventually: true);
    }

    [Fact]
    public async Task Killed_and_started_again()
    {
        await using var place = await RedisPlace.StartAsync(cluster: true);
        await using var lab = await OutageLab.StartAsync(Use.Copies, place.ConnectionString);

        place.Kill();
        await lab.OneFindsNobodyAsync();
        await place.StartAgainAsync();

        await lab.ItComesBackAsync(eventually: true);
    }
}
