using System.Globalization;
using Cancela.Tests.Revocation;

namespace Cancela.Faults;

/// <summary>One cluster with a load on it, to which one fault after the other is done.</summary>
internal sealed class FaultRun
{
    private const int Visitors = 12;
    private const int ReadersOfADoor = 4;

    // A plan's faults take about so long each, with what comes before and after.
    private const double SecondsOfAFault = 4.5;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan MostUntilSeen = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostAtTheEnd = TimeSpan.FromMinutes(2);

    // The cheapest hash that is allowed, and no limits: who signs in so often is one machine.
    private static readonly string[] Always =
    [
        "--Cancela:Password:MemoryKiB=7168", "--Cancela:Password:Iterations=5", "--Cancela:Limits:PerNetwork=0", "--Cancela:Roles:EDITOR:0=posts:write",
        $"--Cancela:Cookie:Name={Door.CookieName}", $"--Cancela:Refresh:Grace={Visitor.Grace:c}",
    ];

    private readonly Cluster _cluster;
    private readonly Town _town;
    private readonly List<Span> _spans = [];

    private FaultRun(Cluster cluster, Town town) => (_cluster, _town) = (cluster, town);

    /// <summary>Runs the plan's part of one pair of strategies, and judges what was seen.</summary>
    public static async Task<Report> RunAsync(Plan plan, (string Browser, string Token) pair, Action<string> progress)
    {
        await using var cluster = await Cluster.StartAsync(
        [
            .. Always, $"--Cancela:Browser={pair.Browser}", $"--Cancela:Token={pair.Token}",
            $"--Cancela:Revocation:MaxStaleness={plan.Bound.ToString("c", CultureInfo.InvariantCulture)}",
            // With the one, copies in Redis are used as well; with the other, each node answers from its own for long.
            $"--Cancela:Session:CacheLifetime={(pair.Token == "refresh-rotation" ? "00:00:02" : "00:01:00")}", .. plan.Settings,
        ]);
        var run = new FaultRun(cluster, new Town(cluster.Doors, pair.Browser, pair.Token, new Journal(), new Pool()));
        await run.AppointAsync();
        await run.LoadAsync(plan, progress);
        await new FinalPass(run._town).RunAsync();
        return Report.Of(run._town, run._spans, plan.Bound);
    }

    private async Task AppointAsync()
    {
        var account = _town.NextAccount();
        var (door, credentials) = (_town.Doors[0], Town.Credentials(account, Town.Password));
        if ((await door.SendAsync(HttpMethod.Post, "/register", content: credentials)).Status != 201) throw new InvalidOperationException("Nobody can register.");
        await _cluster.PromoteAsync(Town.EmailOf(account));
        var answer = await door.SendAsync(HttpMethod.Post, "/auth/login", content: Town.Credentials(account, Town.Password));
        _town.Administrator = _town.Journal.Issue(account, _town.Browser, CredentialKind.Cookie, answer.Cookie ?? throw new InvalidOperationException($"The administrator is not let in: {answer}"));
        await _cluster.ServesAsync(_town.Administrator);
    }

    private async Task LoadAsync(Plan plan, Action<string> progress)
    {
        var dice = new Dice(plan.Seed);
        var faults = plan.Faults(dice);
        using var stop = new CancellationTokenSource();
        var callers = Callers(plan, faults.Count, dice, stop.Token);
        try
        {
            await PauseAsync(Calm);
            foreach (var fault in faults)
            {
                progress($"{_town.Browser}, {_town.Token}: {fault.Name}");
                await DoAsync(fault, plan);
            }
            await FillAsync(plan);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(callers);
        }
    }

    private List<Task> Callers(Plan plan, int faults, Dice dice, CancellationToken stopping)
    {
        // A quarter more than is wanted: nobody is answered while all is down.
        var aSecond = Math.Max(200, 1.25 * plan.Requests / plan.Pairs.Count / (faults * SecondsOfAFault));
        var every = TimeSpan.FromSeconds(_town.Doors.Count * ReadersOfADoor / aSecond);
        var callers = new List<Task>();
        for (var i = 0; i < Visitors; i++) callers.Add(new Visitor(_town, new Dice(dice.Next())).RunAsync(stopping));
        foreach (var door in _town.Doors)
            for (var i = 0; i < ReadersOfADoor; i++) callers.Add(new Reader(_town, door, new Dice(dice.Next()), every).RunAsync(stopping));
        return callers;
    }

    private async Task DoAsync(Fault fault, Plan plan)
    {
        var begun = Ticks.Now;
        await fault.Begin(_cluster);
        await PauseAsync(fault.Held);
        if (plan.Wanted is { } wanted) await SeeAsync(wanted, plan.Bound);
        await fault.End(_cluster);
        var ended = Ticks.Now;
        await _cluster.ServesAsync(_town.Administrator);
        await PauseAsync(Calm);
        _spans.Add(new Span(fault.Name, begun, ended, Ticks.Now));
    }

    // How soon it happens is for the load to say, which waits for whatever hangs.
    private async Task SeeAsync(Breach wanted, TimeSpan bound)
    {
        var until = Ticks.Now + Ticks.Of(MostUntilSeen);
        while (Ticks.Now < until && !Judge.Decide(_town.Journal, bound).Violations.Any(violation => violation.Breach == wanted)) await PauseAsync(Calm);
    }

    // What the faults took longer than thought is made up for, without any.
    private async Task FillAsync(Plan plan)
    {
        var begun = Ticks.Now;
        while ((_town.Journal.Shown.Count < plan.Requests / plan.Pairs.Count || _town.Revocations < plan.Revocations / plan.Pairs.Count)
            && Ticks.Now < begun + Ticks.Of(MostAtTheEnd)) await PauseAsync(Calm);
        if (Ticks.Now > begun + Ticks.Of(Calm)) _spans.Add(new Span("none", begun, begun, Ticks.Now));
    }

    private static Task PauseAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, CancellationToken.None);
}

/// <summary>When a fault began, when it was undone, and when the next one came.</summary>
internal sealed record Span(string Name, long Begun, long Ended, long Over);
