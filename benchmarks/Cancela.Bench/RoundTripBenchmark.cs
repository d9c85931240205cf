using Cancela.Tests;

namespace Cancela.Bench;

/// <summary>
/// How often each of the systems asks PostgreSQL, and Redis where it is: counted by the node itself and by Redis. Statements that
/// are sent together count once. The node reads the log seldom meanwhile, so that its polls are not in the count.
/// </summary>
internal sealed class RoundTripBenchmark(string profile, bool redis)
{
    private const int SignIns = 20;
    private const int Requests = 500;
    private const int Refreshes = 100;
    private const double SignInTarget = 3;

    private bool ByCookie => profile is "session" or "jwt-cookie";

    private readonly record struct Asked(double Database, double Redis);

    /// <summary>One for each of the five systems.</summary>
    internal static IEnumerable<Func<Task<BenchRow[]>>> Of(bool redis) =>
        StrategyBenchmark.Profiles.Select(profile => (Func<Task<BenchRow[]>>)new RoundTripBenchmark(profile, redis).RunAsync);

    internal async Task<BenchRow[]> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            await using var node = await BenchServers.StartAsync(folder, [.. await BenchServers.PlaceAsync(redis), $"--Cancela:Profile={profile}", .. BenchServers.SeldomRead]);
            using var person = new BenchClient(node.Address);
            await person.RegisterAsync();
            return [.. await SignInAsync(person), await RequestsAsync(person, node), .. await RefreshesAsync(person)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<BenchRow[]> SignInAsync(BenchClient person)
    {
        await CredentialAsync(person);
        var asked = await CountAsync(person, SignIns, () => CredentialAsync(person));
        return [new($"{profile}: a sign-in", Show(asked), $"<= {SignInTarget:0} SQL", asked.Database <= SignInTarget)];
    }

    // In the steady state: the node has seen the session.
    private async Task<BenchRow> RequestsAsync(BenchClient person, ServerProcess node)
    {
        var request = KeptConnection.Get(LoopbackServer.Closed, await CredentialAsync(person));
        using var connection = await KeptConnection.OpenAsync(node.Address);
        await UseAsync();
        var asked = await CountAsync(person, Requests, UseAsync);
        return new($"{profile}: a request behind the gate", Show(asked), redis ? "0 SQL, 0 Redis" : "0 SQL", asked is { Database: 0, Redis: 0 });

        async Task UseAsync()
        {
            if (await connection.AskAsync(request) != 200) throw new InvalidOperationException($"It was refused:\n{connection.Last}");
        }
    }

    private async Task<BenchRow[]> RefreshesAsync(BenchClient person)
    {
        if (!StrategyBenchmark.StatementsOfRefresh.TryGetValue(profile, out var expected)) return [];
        var calls = redis && profile == "refresh-denylist" ? 1 : 0;
        var refresh = (await person.TokenAsync()).Refresh!;
        await RenewAsync();
        var asked = await CountAsync(person, Refreshes, RenewAsync);
        return
        [
            new($"{profile}: a refresh", Show(asked), redis ? $"{expected} SQL, {calls} Redis" : $"{expected} SQL",
                asked.Database == expected && asked.Redis == calls),
        ];

        // S3 hands out a new access token only, and goes on with the refresh token that it has.
        async Task RenewAsync() => refresh = (await person.RefreshAsync(refresh)).Refresh ?? refresh;
    }

    private async Task<string> CredentialAsync(BenchClient person) => ByCookie ? await person.LoginAsync() : (await person.TokenAsync()).Access;

    private async Task<Asked> CountAsync(BenchClient person, int times, Func<Task> work)
    {
        var (statements, calls) = (await person.StatementsAsync(), await CallsAsync());
        for (var i = 0; i < times; i++) await work();
        return new((await person.StatementsAsync() - statements) / (double)times, (await CallsAsync() - calls) / (double)times);
    }

    private async Task<long> CallsAsync() => redis ? await BenchServers.RedisRequestsAsync() : 0;

    private string Show(Asked asked) => redis ? $"{asked.Database:0.##} SQL, {asked.Redis:0.##} Redis" : $"{asked.Database:0.##} SQL";
}
