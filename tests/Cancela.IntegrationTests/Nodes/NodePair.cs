using Cancela.IntegrationTests.Redis;
using Cancela.Redis;
using Cancela.Revocation;
using Cancela.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cancela.IntegrationTests.Nodes;

/// <summary>
/// Two hosts on one database and one Redis, with one clock that stands still. No doorbell rings unless a test says so: what one
/// node does reaches the other only when it reads the log.
/// </summary>
internal sealed class NodePair : IAsyncDisposable
{
    private readonly string _folder;

    private NodePair(RedisPlace redis, string folder, CancelaHost here, CancelaHost there) =>
        (Redis, _folder, Here, There) = (redis, folder, here, there);

    public RedisPlace Redis { get; }

    public CancelaHost Here { get; }

    public CancelaHost There { get; }

    public ManualClock Clock => Here.Clock;

    public static async Task<NodePair> StartAsync(
        bool cluster = false, string? profile = null, Dictionary<string, string?>? settings = null, bool doorbell = false)
    {
        var redis = await RedisPlace.StartAsync(cluster);
        var folder = Directory.CreateTempSubdirectory("cancela-nodes-").FullName;
        var clock = new ManualClock();
        return new NodePair(redis, folder, await NodeAsync(), await NodeAsync());

        async Task<CancelaHost> NodeAsync()
        {
            var host = await CancelaHost.StartAsync(profile, settings, clock: clock, folder: folder, services: services =>
            {
                new CancelaBuilder(services).UseRedis(redis.ConnectionString);
                if (!doorbell) services.RemoveAll<IDoorbellLine>();
            });
            await LineOf(host).ConnectionAsync(CancellationToken.None);
            return host;
        }
    }

    public static RedisLine LineOf(CancelaHost host) => host.Services.GetRequiredService<RedisLine>();

    /// <summary>How often a node asks the database while something is done.</summary>
    public static async Task<long> StatementsAsync(CancelaHost node, Func<Task> work)
    {
        var before = node.Database.Statements;
        await work();
        return node.Database.Statements - before;
    }

    /// <summary>A node reads the log, as it does every 250 ms.</summary>
    public static Task HearAsync(CancelaHost node) => node.AdvanceAsync(TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        await Here.DisposeAsync();
        await There.DisposeAsync();
        await Redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
