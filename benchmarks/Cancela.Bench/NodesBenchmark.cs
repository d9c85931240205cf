using System.Diagnostics;
using System.Security.Cryptography;
using Cancela.Tests;

namespace Cancela.Bench;

/// <summary>
/// How long a logout that one node acknowledged is unknown to another: from the 204 that came from the one until the other, asked
/// about every half millisecond on a connection that is kept, refuses the credential for the first time. Two processes, one logout at a time.
/// </summary>
/// <param name="redis">Whether Redis stands beside PostgreSQL.</param>
/// <param name="doorbell">The only doorbell, by its name; <see langword="null"/>: all that there are.</param>
internal sealed class NodesBenchmark(bool redis, string? doorbell = null)
{
    /// <summary>A name that no doorbell has.</summary>
    public const string Off = "No";

    // Until the code that both nodes run is compiled for good: that takes a core of the few for tens of milliseconds at a time.
    private const int WarmUp = 100;
    private const int PollInterval = 250;
    // Microseconds.
    private const int Pause = 300;
    private const int Median = 3;
    private const int Most = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Without a doorbell each takes as long as a poll.
    private int Logouts => doorbell == Off ? 120 : 300;

    internal async Task<BenchRow[]> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            var settings = await BenchServers.PlaceAsync(redis);
            if (doorbell is not null) settings = [.. settings, $"--Doorbell={doorbell}"];
            await using var here = await BenchServers.StartAsync(folder, settings);
            await using var there = await BenchServers.StartAsync(folder, settings);
            using var person = new BenchClient(here.Address);
            await person.RegisterAsync();
            await using var bare = await BareDoorbell.OpenAsync();
            var floor = new List<double>();
            return
            [
                Row("session", await MeasureAsync(LoopbackServer.Cookie, here, there, bare, floor)),
                Row("refresh-rotation", await MeasureAsync(LoopbackServer.Token, here, there, bare, floor)),
                BenchRow.Reported("meanwhile, bare connections: NOTIFY, heard, and one query", Show(floor)) with { Remark = $"load {Report.LoadAverage()}" },
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private BenchRow Row(string strategy, List<double> delays)
    {
        var what = $"{strategy}: {delays.Count} logouts on one node, refused by the other";
        return doorbell == Off
            ? new(what, Show(delays), $"p99 <= {PollInterval + Most} ms", Share(delays, 99) <= PollInterval + Most)
            : new(what, Show(delays), $"p50 <= {Median}, p99 <= {Most} ms", Share(delays, 50) <= Median && Share(delays, 99) <= Most);
    }

    private async Task<List<double>> MeasureAsync(string signIn, ServerProcess here, ServerProcess there, BareDoorbell bare, List<double> floor)
    {
        using var one = await KeptConnection.OpenAsync(here.Address);
        using var other = await KeptConnection.OpenAsync(there.Address);
        var delays = new List<double>();
        for (var i = -WarmUp; i < Logouts; i++)
        {
            var delay = await LogoutAsync(one, other, signIn);
            var least = await bare.RingAsync();
            if (i < 0) continue;
            delays.Add(delay);
            floor.Add(least);
        }
        return delays;
    }

    private async Task<double> LogoutAsync(KeptConnection here, KeptConnection there, string signIn)
    {
        await ExpectAsync(here, KeptConnection.Get($"{signIn}?email={BenchClient.Email}"), 200);
        var credential = here.LastBody;
        var request = KeptConnection.Get(LoopbackServer.Closed, credential);
        // From now on the other node knows the session, and would let it in.
        await ExpectAsync(there, request, 200);
        // Logouts come when they come: not as soon as the last one was heard of, and at any time between two polls.
        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(10, doorbell == Off ? PollInterval : 30)), TimeProvider.System);

        await ExpectAsync(here, KeptConnection.Post("/auth/logout", credential), 204);
        var acknowledged = Stopwatch.GetTimestamp();
        int status;
        while ((status = await there.AskAsync(request)) == 200)
        {
            if (Stopwatch.GetElapsedTime(acknowledged) > Patience) throw new InvalidOperationException("A session that was ended is never refused.");
            // Asked without a pause, the other node and this process take all cores of a small machine, and the ring waits for one.
            there.Rest(Pause);
        }
        var delay = Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds;
        return status == 401 ? delay : throw new InvalidOperationException($"It was answered with {status}:\n{there.Last}");
    }

    private static async Task ExpectAsync(KeptConnection connection, byte[] request, int expected)
    {
        if (await connection.AskAsync(request) != expected) throw new InvalidOperationException($"Not {expected}:\n{connection.Last}");
    }

    private static string Show(List<double> delays) => $"p50 {Share(delays, 50):0.0}, p99 {Share(delays, 99):0.0}, max {Share(delays, 100):0.0} ms";

    /// <summary>What so many of a hundred are not above.</summary>
    private static double Share(List<double> delays, int percent) => delays.Order().ElementAt((delays.Count * percent + 99) / 100 - 1);
}
