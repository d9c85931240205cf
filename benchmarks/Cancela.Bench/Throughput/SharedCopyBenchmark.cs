using Cancela.Bench.SideBySide;
using Cancela.Tests.Servers;

namespace Cancela.Bench.Throughput;

/// <summary>
/// Sessions that a node does not remember and finds in Redis: its memory holds one, and the requests show many, one after the other. The node
/// on one core, the load on the other, PostgreSQL and Redis on both.
/// </summary>
internal static class SharedCopyBenchmark
{
    private const int Turns = 7;
    private const int Sessions = 64;
    private const double Wanted = 0.50;
    private const int MostBytes = 300;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    internal static async Task<BenchRow[]> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            var redis = await RedisServer.Shared;
            await redis.FlushAsync();
            await using var node = await PinnedHost.StartAsync(
                Path.Combine(folder, "node"), [.. await BenchServers.PlaceAsync(redis: true), "--Cancela:Profile=session", "--Cancela:Session:CacheEntries=1", .. BenchServers.SeldomRead]);
            using var person = new BenchClient(node.Address);
            await person.RegisterAsync();
            using var client = new HttpClient { BaseAddress = node.Address };
            var cookies = new List<string>();
            for (var i = 0; i < Sessions; i++) cookies.Add(await client.GetStringAsync($"{LoopbackServer.Cookie}?email={BenchClient.Email}"));
            var open = WrkScript.Of(new WrkScript.Request("GET", LoopbackServer.Open));
            var closed = WrkScript.Of(cookies.Select(static cookie => new WrkScript.Request("GET", LoopbackServer.Closed, cookie)));
            await node.WarmAsync(Turn, () => Task.FromResult(open), () => Task.FromResult(closed));

            var turns = new List<(Wrk.Result Open, Wrk.Result Closed)>();
            var (statements, commands) = (0L, 0L);
            for (var turn = 0; turn < Turns; turn++)
            {
                var anonymous = await node.AskAsync(open, Turn);
                var (before, asked) = (await person.StatementsAsync(), await BenchServers.RedisRequestsAsync());
                turns.Add((anonymous, await node.AskAsync(closed, Turn)));
                statements += await person.StatementsAsync() - before;
                commands += await BenchServers.RedisRequestsAsync() - asked;
            }
            return [.. RowsOf(turns, statements, commands), await BytesAsync(redis)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static BenchRow[] RowsOf(List<(Wrk.Result Open, Wrk.Result Closed)> turns, long statements, long commands)
    {
        var ratio = Percentile.Median([.. turns.Select(static turn => turn.Closed.PerSecond / turn.Open.PerSecond)]);
        var perSecond = Percentile.Median([.. turns.Select(static turn => turn.Closed.PerSecond)]);
        var added = Percentile.Median([.. turns.Select(static turn => turn.Closed.ProcessorMicroseconds - turn.Open.ProcessorMicroseconds)]);
        var requests = (double)turns.Sum(static turn => turn.Closed.Requests);
        return
        [
            new("session: found in Redis, of anonymous", $"{perSecond:N0}/s, {ratio:0.00} x, {added:+0.0} us CPU", $">= {Wanted:0.00} x", ratio >= Wanted),
            new("session: found in Redis, asked for each request", $"{statements / requests:0.000} SQL, {commands / requests:0.00} Redis", "0 SQL, 1 Redis", statements / requests < 0.001 && Math.Abs((commands / requests) - 1) < 0.01),
        ];
    }

    private static async Task<BenchRow> BytesAsync(RedisServer redis)
    {
        var bytes = new List<int>();
        foreach (var key in (await redis.AskAsync("KEYS", "*session*")).Split('\n')) bytes.Add(int.Parse(await redis.AskAsync("MEMORY", "USAGE", key)));
        return new($"session: memory of a copy in Redis, the largest of {bytes.Count}", $"{bytes.Max()} bytes", $"<= {MostBytes} bytes", bytes.Count == Sessions && bytes.Max() <= MostBytes) { Remark = "MEMORY USAGE: key, value and Redis' own" };
    }
}
