using Cancela.Bench.SideBySide;

namespace Cancela.Bench.Throughput;

/// <summary>
/// More sign-ins than the node can hash, and requests of those who are signed in already: these must not feel it. The node on one core, the load
/// on the other, PostgreSQL on both.
/// </summary>
internal static class OverloadBenchmark
{
    private const int Turns = 5;
    private const double Times = 5, MostSlower = 2;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    internal static async Task<BenchRow[]> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            await using var node = await PinnedHost.StartAsync(Path.Combine(folder, "node"), [.. await BenchServers.PlaceAsync(redis: false), "--Cancela:Profile=session", .. PinnedHost.OneCore]);
            using var person = new BenchClient(node.Address);
            await person.RegisterAsync();
            for (var i = 0; i < LoginBenchmark.Accounts; i++) await person.RegisterAsync(LoginBenchmark.Email(i));
            var right = LoginBenchmark.Right();
            var cookie = await person.LoginAsync();
            var me = new SteadyRequests(node.Address, cookie, Interval);
            await node.WarmAsync(Turn, () => Task.FromResult(right), () => Task.FromResult(WrkScript.Of(new WrkScript.Request("GET", "/auth/me", cookie))));
            var capacity = (await node.AskAsync(right, Turn)).PerSecond;
            using var logins = new OfferedLogins(node.Address, Times * capacity);
            await Wrk.PinSelfAsync();
            // Connections are opened, and this process' own code is compiled.
            await Task.WhenAll(me.SendAsync(Turn), logins.OfferAsync(Turn));

            var turns = new List<(List<double> Idle, List<double> Busy, OfferedLogins.Answers Answers)>();
            for (var turn = 0; turn < Turns; turn++)
            {
                var idle = await me.SendAsync(Turn);
                var (busy, answers) = (me.SendAsync(Turn), logins.OfferAsync(Turn));
                turns.Add((idle, await busy, await answers));
            }
            return RowsOf(turns, capacity);
        }
        finally
        {
            await Wrk.UnpinAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static BenchRow[] RowsOf(List<(List<double> Idle, List<double> Busy, OfferedLogins.Answers Answers)> turns, double capacity)
    {
        var (idle, busy) = (Percentile.Median([.. turns.Select(static turn => Percentile.Of(turn.Idle, 99))]), Percentile.Median([.. turns.Select(static turn => Percentile.Of(turn.Busy, 99))]));
        var slower = Percentile.Median([.. turns.Select(static turn => Percentile.Of(turn.Busy, 99) / Percentile.Of(turn.Idle, 99))]);
        var (offered, signedIn, sentAway) = (turns.Sum(static turn => turn.Answers.Offered), turns.Sum(static turn => turn.Answers.SignedIn), turns.Sum(static turn => turn.Answers.SentAway));
        var wrong = turns.Select(static turn => turn.Answers.Wrong).FirstOrDefault(static answer => answer is not null);
        return
        [
            new($"session: p99 of /auth/me, {Times:0} times the logins that the node can do", $"{busy:0.00} ms, {slower:0.0} x {idle:0.00} ms", $"<= {MostSlower:0} x", slower <= MostSlower)
            {
                Remark = $"median {Percentile.Median([.. turns.SelectMany(static turn => turn.Busy)]):0.00} of {Percentile.Median([.. turns.SelectMany(static turn => turn.Idle)]):0.00} ms",
            },
            new("session: logins neither signed in nor sent away with Retry-After", $"{offered - signedIn - sentAway} of {offered:N0}", "0", wrong is null && sentAway > 0) { Remark = wrong?.Split('\r')[0] ?? "" },
            BenchRow.Reported("session: signed in and sent away meanwhile", $"{signedIn / (Turns * Turn.TotalSeconds):0}/s of {capacity:0}/s and {sentAway / (Turns * Turn.TotalSeconds):0}/s"),
        ];
    }
}
