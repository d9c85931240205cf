using System.Diagnostics;
using Cancela.Bench.SideBySide;

namespace Cancela.Bench.Throughput;

/// <summary>Logouts, each of a session of its own. The node on one core, the load on the other, PostgreSQL on both.</summary>
internal static class LogoutBenchmark
{
    private const int Connections = 16;
    private const int Accounts = 8;
    private const int Logouts = 3_000;

    internal static IEnumerable<Func<Task<BenchRow[]>>> All => StrategyBenchmark.Profiles.Select(static profile => (Func<Task<BenchRow[]>>)(() => RunAsync(profile)));

    private static async Task<BenchRow[]> RunAsync(string profile)
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            await using var node = await PinnedHost.StartAsync(Path.Combine(folder, profile), [.. await BenchServers.PlaceAsync(redis: false), $"--Cancela:Profile={profile}", .. BenchServers.SeldomRead]);
            using var person = new BenchClient(node.Address);
            for (var i = 0; i < Accounts; i++) await person.RegisterAsync(LoginBenchmark.Email(i));
            var signIn = profile is "session" or "jwt-cookie" ? LoopbackServer.Cookie : LoopbackServer.Token;
            // On all cores, until the compiler is done.
            await EndAsync(node.Address, await SignInAsync(node.Address, signIn));
            var credentials = await SignInAsync(node.Address, signIn);
            await node.PinAsync();
            await Wrk.PinSelfAsync();
            var statements = await person.StatementsAsync();
            var perSecond = await EndAsync(node.Address, credentials);
            return [BenchRow.Reported($"{profile}: logouts", $"{perSecond:N0}/s, {(await person.StatementsAsync() - statements) / (double)Logouts:0.00} statements each")];
        }
        finally
        {
            await Wrk.UnpinAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string[]> SignInAsync(Uri address, string path)
    {
        var credentials = new string[Logouts];
        await OnEachAsync(address, async (connection, number) =>
        {
            await ExpectAsync(connection, KeptConnection.Get($"{path}?email={LoginBenchmark.Email(number % Accounts)}"), 200);
            credentials[number] = connection.LastBody;
        });
        return credentials;
    }

    private static async Task<double> EndAsync(Uri address, string[] credentials)
    {
        var requests = credentials.Select(static credential => KeptConnection.Post("/auth/logout", credential)).ToArray();
        var started = Stopwatch.GetTimestamp();
        await OnEachAsync(address, (connection, number) => ExpectAsync(connection, requests[number], 204));
        return Logouts / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task OnEachAsync(Uri address, Func<KeptConnection, int, Task> work) => await Task.WhenAll(Enumerable.Range(0, Connections).Select(async first =>
    {
        using var connection = await KeptConnection.OpenAsync(address);
        for (var number = first; number < Logouts; number += Connections) await work(connection, number);
    }));

    private static async Task ExpectAsync(KeptConnection connection, byte[] request, int expected)
    {
        if (await connection.AskAsync(request) != expected) throw new InvalidOperationException($"Not {expected}:\n{connection.Last}");
    }
}
