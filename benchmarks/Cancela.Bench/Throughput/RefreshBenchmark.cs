using Cancela.Bench.SideBySide;

namespace Cancela.Bench.Throughput;

/// <summary>Renewals, beside what one would write by hand and beside Identity's own: a process each, turn by turn on one core. PostgreSQL has both cores.</summary>
internal static class RefreshBenchmark
{
    private const int Turns = 5;
    private const int Tokens = 40;
    private const double OfTheHandWritten = 1.0, OfIdentity = 2.5;
    private const string Rotation = "refresh-rotation", Denylist = "refresh-denylist", ByHand = "by hand, two statements";
    private const string Shown = "{ Authorization = 'Bearer ' .. token }";
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    /// <summary>A host, how its requests are made, and how it is asked for statements, where it counts them.</summary>
    private sealed record Side(string Name, PinnedHost Host, Func<IEnumerable<string>, WrkScript> Script)
    {
        public List<Wrk.Result> Turns { get; } = [];

        public double PerSecond => Percentile.Median([.. Turns.Select(static turn => turn.PerSecond)]);

        public async Task<WrkScript> ScriptAsync()
        {
            using var client = new HttpClient { BaseAddress = Host.Address };
            var tokens = new List<string>();
            for (var i = 0; i < Tokens; i++) tokens.Add(await client.GetStringAsync($"{LoopbackServer.Renewable}?email={BenchClient.Email}"));
            return Script(tokens);
        }

        // Turn by turn: what a machine does at the time slows both.
        public double RatioTo(Side other) => Percentile.Median([.. Turns.Zip(other.Turns, static (one, two) => one.PerSecond / two.PerSecond)]);
    }

    internal static async Task<BenchRow[]> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        var sides = new List<Side>();
        try
        {
            foreach (var profile in new[] { Rotation, Denylist }) sides.Add(await OursAsync(Path.Combine(folder, profile), profile));
            sides.Add(new(ByHand, await StartAsync(folder, $"--{HandWrittenRefresh.Setting}=1"), static tokens => WrkScript.Renewing(tokens, HandWrittenRefresh.Path, Shown, "refresh_token")));
            sides.Add(new(Alternatives.Identity, await StartAsync(folder, $"--Alternative={Alternatives.Identity}"), static tokens => WrkScript.Renewing(
                tokens, IdentityApi.Refresh, """{ ["Content-Type"] = "application/json" }, '{"refreshToken":"' .. token .. '"}'""", "refreshToken")));
            foreach (var side in sides) await side.Host.WarmAsync(Turn, side.ScriptAsync);

            var statements = new Dictionary<string, double>();
            for (var turn = 0; turn < Turns; turn++)
            {
                foreach (var side in sides)
                {
                    // Signing in takes statements too.
                    var script = await side.ScriptAsync();
                    var before = await StatementsAsync(side);
                    side.Turns.Add(await side.Host.AskAsync(script, Turn));
                    statements[side.Name] = (await StatementsAsync(side) - before) / (double)side.Turns[^1].Requests;
                }
            }
            return RowsOf(sides, statements);
        }
        finally
        {
            foreach (var side in sides) await side.Host.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static BenchRow[] RowsOf(List<Side> sides, Dictionary<string, double> statements)
    {
        var (rotation, denylist, byHand, identity) = (sides[0], sides[1], sides[2], sides[3]);
        var (toHand, toIdentity) = (rotation.RatioTo(byHand), rotation.RatioTo(identity));
        return
        [
            .. sides.Select(static side => BenchRow.Reported($"{side.Name}: refreshes", $"{side.PerSecond:N0}/s, {Percentile.Median([.. side.Turns.Select(static turn => turn.ProcessorMicroseconds)]):0} us CPU")),
            new($"{Rotation}: refreshes, beside {ByHand}", $"{toHand:0.00} x", $">= {OfTheHandWritten:0.00} x", toHand >= OfTheHandWritten),
            new($"{Rotation}: refreshes, beside {Alternatives.Identity}", $"{toIdentity:0.00} x", $">= {OfIdentity:0.0} x", toIdentity >= OfIdentity),
            BenchRow.Reported($"{Denylist}: refreshes, beside {Alternatives.Identity}", $"{denylist.RatioTo(identity):0.00} x"),
            .. new[] { Rotation, Denylist }.Select(profile =>
                new BenchRow($"{profile}: statements for each refresh", $"{statements[profile]:0.00}", $"{StrategyBenchmark.StatementsOfRefresh[profile]}", Math.Abs(statements[profile] - StrategyBenchmark.StatementsOfRefresh[profile]) < 0.05)),
        ];
    }

    private static async Task<Side> OursAsync(string folder, string profile)
    {
        var host = await PinnedHost.StartAsync(folder, [.. await BenchServers.PlaceAsync(redis: false), $"--Cancela:Profile={profile}", .. BenchServers.SeldomRead]);
        using var person = new BenchClient(host.Address);
        await person.RegisterAsync();
        // S3 hands out a new access token only, and goes on with the refresh token that it has.
        return new(profile, host, profile == Rotation
            ? static tokens => WrkScript.Renewing(tokens, "/auth/refresh", Shown, "refresh_token")
            : static tokens => WrkScript.Of(tokens.Select(static token => new WrkScript.Request("POST", "/auth/refresh", $"Authorization: Bearer {token}"))));
    }

    private static async Task<PinnedHost> StartAsync(string folder, string setting) =>
        await PinnedHost.StartAsync(Path.Combine(folder, setting.TrimStart('-')), [setting, .. await BenchServers.PlaceAsync(redis: false)]);

    private static async Task<long> StatementsAsync(Side side)
    {
        if (side.Name is not (Rotation or Denylist)) return 0;
        using var person = new BenchClient(side.Host.Address);
        return await person.StatementsAsync();
    }
}
