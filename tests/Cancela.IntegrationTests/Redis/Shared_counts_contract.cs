using System.Net;
using Cancela.Redis;
using Cancela.SignIn;
using Cancela.Tests;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>The requests of a network, over two nodes that count together.</summary>
public abstract class Shared_counts_contract(bool cluster) : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly IPAddress _network = IPAddress.Parse($"2001:db8:{Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(2))}:{Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(2))}::1");
    private RedisPlace Place { get; set; } = null!;

    private RedisLine _line = null!;

    public async ValueTask InitializeAsync()
    {
        Place = await RedisPlace.SharedAsync(cluster);
        _line = await RedisLab.LineAsync(Place.ConnectionString, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_line is not null) await _line.DisposeAsync();
    }

    [Fact]
    public async Task What_passes_on_all_nodes_together_is_the_limit()
    {
        NetworkThrottle[] nodes = [Node(10), Node(10)];

        var passed = 0;
        await Parallel.ForAsync(0, 100, async (n, _) =>
        {
            if (await nodes[n % 2].CountAsync(_network) is null) Interlocked.Increment(ref passed);
        });

        Assert.Equal(10, passed);
        Assert.InRange((await nodes[0].CountAsync(_network))!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task After_the_minute_the_count_is_gone_by_itself()
    {
        await Node(10).CountAsync(_network);

        Assert.InRange(long.Parse(await Place.AskAsync("PTTL", Key)), 1, 60_000);
    }

    [Fact]
    public async Task A_count_without_an_end_gets_one()
    {
        await Place.AskAsync("SET", Key, "10");

        Assert.NotNull(await Node(10).CountAsync(_network));
        Assert.InRange(long.Parse(await Place.AskAsync("PTTL", Key)), 1, 60_000);
    }

    [Fact]
    public async Task Emptied_or_spoilt_each_node_is_as_strict_as_alone()
    {
        var node = Node(2);
        Assert.Null(await node.CountAsync(_network));
        await Place.AskAsync("DEL", Key);
        Assert.Null(await node.CountAsync(_network));
        await Place.AskAsync("SET", Key, "no number");

        Assert.NotNull(await node.CountAsync(_network));
        Assert.Null(await Node(2).CountAsync(_network));
    }

    [Fact]
    public async Task Who_is_refused_by_its_own_node_asks_nobody()
    {
        var node = Node(1);
        await node.CountAsync(_network);
        for (var n = 0; n < 20; n++) Assert.NotNull(await node.CountAsync(_network));

        Assert.Equal("1", await Place.AskAsync("GET", Key));
    }

    private string Key => $"cancela:limit:6:{BitConverter.ToUInt64([.. _network.GetAddressBytes().Take(8).Reverse()]):x}";

    private NetworkThrottle Node(int perNetwork) => new(new LimitOptions { PerNetwork = perNetwork }, _clock, new RedisCounts(_line));
}
