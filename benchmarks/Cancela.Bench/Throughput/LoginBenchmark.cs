using System.Globalization;
using Cancela.Bench.SideBySide;

namespace Cancela.Bench.Throughput;

/// <summary>
/// Sign-ins with the right password, beside the hash alone and beside Identity's own: a process each, turn by turn on one core. PostgreSQL has
/// both cores.
/// </summary>
internal static class LoginBenchmark
{
    public const int Accounts = 40;

    private const int Turns = 5;
    private const int SignIns = 20;
    private const double OfTheHash = 0.93, OfIdentity = 3.5, Statements = 3;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    internal static async Task<BenchRow[]> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            await using var ours = await PinnedHost.StartAsync(Path.Combine(folder, "ours"), [.. await BenchServers.PlaceAsync(redis: false), "--Cancela:Profile=session", .. PinnedHost.OneCore, .. BenchServers.SeldomRead]);
            await using var identity = await PinnedHost.StartAsync(Path.Combine(folder, "identity"), [$"--Alternative={Alternatives.Identity}", .. await BenchServers.PlaceAsync(redis: false)]);
            await using var hashes = await PinnedHost.StartAsync(Path.Combine(folder, "hashes"), [$"--{PlainHashes.Setting}=1"]);
            using var person = new BenchClient(ours.Address);
            for (var i = 0; i < Accounts; i++) await person.RegisterAsync(Email(i));
            var (right, theirs) = (Right(), await IdentityAsync(identity));

            await ours.WarmAsync(Turn, () => Task.FromResult(right));
            await identity.WarmAsync(Turn, () => Task.FromResult(theirs));
            await HashesAsync(hashes);
            await hashes.PinAsync();

            var turns = new List<(double Ours, double Identity, double Hashes)>();
            for (var turn = 0; turn < Turns; turn++)
                turns.Add(((await ours.AskAsync(right, Turn)).PerSecond, (await identity.AskAsync(theirs, Turn)).PerSecond, await HashesAsync(hashes)));
            return RowsOf(turns, await StatementsAsync(person));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One of the <see cref="Accounts"/>: a single one would have to wait for itself.</summary>
    public static string Email(int number) => $"ada{number}@example.com";

    /// <summary>The body of a login.</summary>
    public static string Body(int number, string password = BenchClient.Password) => $$"""{"email":"{{Email(number)}}","password":"{{password}}"}""";

    /// <summary>Their right passwords, one after the other.</summary>
    public static WrkScript Right() => WrkScript.Of(Enumerable.Range(0, Accounts).Select(static number => WrkScript.Request.Json("/auth/login", Body(number))));

    private static BenchRow[] RowsOf(List<(double Ours, double Identity, double Hashes)> turns, double statements)
    {
        var ofTheHash = Percentile.Median([.. turns.Select(static turn => turn.Ours / turn.Hashes)]);
        var ofIdentity = Percentile.Median([.. turns.Select(static turn => turn.Ours / turn.Identity)]);
        var ours = Percentile.Median([.. turns.Select(static turn => turn.Ours)]);
        return
        [
            new("session: sign-ins, of the hashes that the core can do", $"{ours:0.0}/s of {Percentile.Median([.. turns.Select(static turn => turn.Hashes)]):0.0}/s, {ofTheHash:0.00} x", $">= {OfTheHash:0.00} x", ofTheHash >= OfTheHash),
            new($"session: sign-ins, beside {Alternatives.Identity} and its hash", $"{ofIdentity:0.0} x {Percentile.Median([.. turns.Select(static turn => turn.Identity)]):0.0}/s", $">= {OfIdentity:0.0} x", ofIdentity >= OfIdentity),
            new("session: statements for each sign-in", $"{statements:0.00}", $"<= {Statements:0}", statements <= Statements),
        ];
    }

    // One after the other: those that the end of a turn cuts off are not in it.
    private static async Task<double> StatementsAsync(BenchClient person)
    {
        var before = await person.StatementsAsync();
        for (var i = 0; i < SignIns; i++) await person.LoginAsync(Email(i));
        return (await person.StatementsAsync() - before) / (double)SignIns;
    }

    private static async Task<WrkScript> IdentityAsync(PinnedHost identity)
    {
        using var client = new HttpClient { BaseAddress = identity.Address };
        foreach (var number in Enumerable.Range(0, Accounts)) await client.GetStringAsync($"{LoopbackServer.Renewable}?email={Email(number)}");
        return WrkScript.Of(Enumerable.Range(0, Accounts).Select(static number => WrkScript.Request.Json(IdentityApi.Login, Body(number, IdentityApi.Password))));
    }

    private static async Task<double> HashesAsync(PinnedHost hashes)
    {
        using var client = new HttpClient { BaseAddress = hashes.Address };
        return double.Parse(await client.GetStringAsync($"{PlainHashes.Path}?seconds={Turn.TotalSeconds}"), CultureInfo.InvariantCulture);
    }
}
