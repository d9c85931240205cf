using Cancela.Revocation;
using Xunit;

namespace Cancela.Tests.Revocation;

public sealed class Revocation_settings
{
    [Fact]
    public void The_defaults_are_those_of_the_promise()
    {
        var options = new RevocationOptions();
        Assert.Equal(TimeSpan.FromSeconds(2), options.MaxStaleness);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.PollInterval);
        Assert.Equal(WhenBlind.AskStore, options.WhenBlind);
        Assert.Empty(options.Faults());
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var options = new RevocationOptions { MaxStaleness = TimeSpan.Zero, PollInterval = TimeSpan.Zero, WhenBlind = (WhenBlind)9 };
        Assert.Collection(
            options.Faults(),
            fault => Assert.Contains("MaxStaleness", fault),
            fault => Assert.Contains("PollInterval", fault),
            fault => Assert.Contains("WhenBlind", fault));
    }

    [Fact]
    public void A_poll_that_leaves_no_room_for_a_lost_read_is_a_fault()
    {
        var options = new RevocationOptions { PollInterval = TimeSpan.FromSeconds(1) };
        Assert.Empty(options.Faults());
        options.PollInterval += TimeSpan.FromTicks(1);
        Assert.Single(options.Faults());
    }
}
