using System.Diagnostics;
using Cancela.Tests;

namespace Cancela.Bench;

/// <summary>What one of the five systems costs a server: a process of its own, asked over loopback, client and server on the same cores.</summary>
internal sealed class StrategyBenchmark(string profile)
{
    private const int Turns = 5;
    private const int Logins = 60;
    private const int Chains = 8;
    private const int Refreshes = 100;

    /// <summary>Renewing takes as many statements as the design says: S3 none, S4 one.</summary>
    internal static readonly Dictionary<string, int> StatementsOfRefresh = new() { ["refresh-denylist"] = 0, ["refresh-rotation"] = 1 };

    internal static string[] Profiles { get; } = ["session", "jwt", "jwt-cookie", "refresh-denylist", "refresh-rotation"];

    private bool ByCookie => profile is "session" or "jwt-cookie";

    internal async Task<BenchRow[]> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(
                folder, ["--Cancela:Limits:PerNetwork=0", $"--Cancela:Profile={profile}"], program: Path.Combine(AppContext.BaseDirectory, "Cancela.Bench.dll"));
            using var person = new BenchClient(server.Address);
            await person.RegisterAsync();
            async Task<string> SignInAsync() => await CredentialAsync(person);
            return
            [
                .. await RequestsAsync(server, person, await SignInAsync()),
                await LoginsAsync(person),
                .. await RefreshesAsync(person),
                await new LocalRevocation(server.Address, person).RunAsync(profile, SignInAsync),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<string> CredentialAsync(BenchClient person) => ByCookie ? await person.LoginAsync() : (await person.TokenAsync()).Access;

    // Turn by turn, and the best of each: what the machine does when it does nothing else. The ratio is the median of the turns'.
    private async Task<BenchRow[]> RequestsAsync(ServerProcess server, BenchClient person, string credential)
    {
        var load = new LoopbackLoad(server.Address, server.Id);
        var open = KeptConnection.Get(LoopbackServer.Open);
        var closed = KeptConnection.Get(LoopbackServer.Closed, credential);
        await load.RunAsync(open);
        await load.RunAsync(closed);

        List<LoopbackLoad.Result> anonymous = [], authenticated = [];
        var statements = await person.StatementsAsync();
        for (var turn = 0; turn < Turns; turn++)
        {
            anonymous.Add(await load.RunAsync(open));
            authenticated.Add(await load.RunAsync(closed));
        }
        // The node reads the revocation log four times a second, whatever is asked of it: that is in the count too.
        var each = (await person.StatementsAsync() - statements) / (double)(Turns * LoopbackLoad.All);
        var (free, gated) = (Best(anonymous), Best(authenticated));
        var ratio = anonymous.Zip(authenticated, (one, other) => other.PerSecond / one.PerSecond).Order().ElementAt(Turns / 2);
        return
        [
            BenchRow.Reported($"{profile}: anonymous endpoint", Show(free)),
            BenchRow.Reported($"{profile}: the same endpoint behind the gate", $"{Show(gated)}, {ratio:0.00} x"),
            new($"{profile}: statements for each request behind the gate", $"{each:0.00}", "0", each < 0.05),
        ];
    }

    private async Task<BenchRow> LoginsAsync(BenchClient person)
    {
        var statements = await person.StatementsAsync();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Chains).Select(async _ =>
        {
            for (var i = 0; i < Logins / Chains; i++) await CredentialAsync(person);
        }));
        var perSecond = Logins / Chains * Chains / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var each = (await person.StatementsAsync() - statements) / (double)(Logins / Chains * Chains);
        var hashes = await PasswordBenchmark.HashesPerSecondAsync();
        return BenchRow.Reported($"{profile}: sign-ins", $"{perSecond:0}/s of {hashes:0} hashes/s, {each:0.0} statements each");
    }

    private async Task<BenchRow[]> RefreshesAsync(BenchClient person)
    {
        if (!StatementsOfRefresh.TryGetValue(profile, out var expected)) return [];
        var tokens = await Task.WhenAll(Enumerable.Range(0, Chains).Select(_ => person.TokenAsync()));
        await Task.WhenAll(tokens.Select(token => RenewAsync(person, token.Refresh!)));
        tokens = await Task.WhenAll(Enumerable.Range(0, Chains).Select(_ => person.TokenAsync()));

        var statements = await person.StatementsAsync();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(tokens.Select(token => RenewAsync(person, token.Refresh!)));
        var perSecond = Chains * Refreshes / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var each = (await person.StatementsAsync() - statements) / (double)(Chains * Refreshes);
        return
        [
            BenchRow.Reported($"{profile}: refreshes", $"{perSecond:N0}/s"),
            new($"{profile}: statements for each refresh", $"{each:0.00}", $"{expected}", Math.Abs(each - expected) < 0.05),
        ];
    }

    // S3 hands out a new access token only, and goes on with the refresh token that it has.
    private static async Task RenewAsync(BenchClient person, string refresh)
    {
        for (var i = 0; i < Refreshes; i++) refresh = (await person.RefreshAsync(refresh)).Refresh ?? refresh;
    }

    private static LoopbackLoad.Result Best(List<LoopbackLoad.Result> results) =>
        new(results.Max(result => result.PerSecond), results.Min(result => result.ProcessorMicroseconds));

    private static string Show(LoopbackLoad.Result result) => $"{result.PerSecond:N0}/s, {result.ProcessorMicroseconds:0.0} us CPU";
}
