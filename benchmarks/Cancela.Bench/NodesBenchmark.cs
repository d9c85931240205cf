using System.Diagnostics;
using System.Security.Cryptography;
using Cancela.Tests;

namespace Cancela.Bench;

/// <summary>
/// How long a logout that one node acknowledged is unknown to another: from the 204 that came from the one until the other, asked
/// again and again on a connection that is kept, refuses the credential for the first time. Two processes, one logout at a time.
/// </summary>
/// <param name="redis">Whether Redis stands beside PostgreSQL.</param>
/// <param name="doorbell">The only doorbell, by its name; <see langword="null"/>: all that there are.</param>
internal sealed class NodesBenchmark(bool redis, string? doorbell = null)
{
    /// <summary>A name that no doorbell has.</summary>
    public const string Off = "no";

    private const int WarmUp = 40;
    private const int Logouts = 300;
    private const double Median = 3;
    private const double Most = 10;
    private const double PollInterval = 250;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

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
            return [await RowAsync("session", LoopbackServer.Cookie, here, there), await RowAsync("refresh-rotation", LoopbackServer.Token, here, there)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<BenchRow> RowAsync(string strategy, string signIn, ServerProcess here, ServerProcess there)
    {
        using var one = await KeptConnection.OpenAsync(here.Address);
        using var other = await KeptConnection.OpenAsync(there.Address);
        var delays = new List<double>();
        for (var i = -WarmUp; i < Logouts; i++)
        {
            var delay = await DelayAsync(one, other, signIn);
            if (i >= 0) delays.Add(delay);
        }
        delays.Sort();
        var (median, most) = (delays[Logouts / 2], delays[Logouts * 99 / 100]);
        var (medianTarget, mostTarget) = doorbell == Off ? (PollInterval, PollInterval + Most) : (Median, Most);
        return new(
            $"{strategy}: {Logouts} logouts here, refused there", $"p50 {median:0.0}, p99 {most:0.0}, max {delays[^1]:0.0} ms",
            doorbell == Off ? $"p99 <= {mostTarget:0} ms" : $"p50 <= {medianTarget:0}, p99 <= {mostTarget:0} ms", median <= medianTarget && most <= mostTarget);
    }

    private async Task<double> DelayAsync(KeptConnection here, KeptConnection there, string signIn)
    {
        await ExpectAsync(here, KeptConnection.Get($"{signIn}?email={BenchClient.Email}"), 200);
        var credential = here.LastBody;
        var request = KeptConnection.Get(LoopbackServer.Closed, credential);
        // From now on the other node knows the session, and would let it in.
        await ExpectAsync(there, request, 200);
        // Logouts come when they come: not as soon as the last one was heard of, and at any time between two polls.
        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(10, doorbell == Off ? (int)PollInterval : 30)), TimeProvider.System);

        await ExpectAsync(here, KeptConnection.Post("/auth/logout", credential), 204);
        var acknowledged = Stopwatch.GetTimestamp();
        int status;
        do
        {
            status = await there.AskAsync(request);
            if (Stopwatch.GetElapsedTime(acknowledged) > Patience) throw new InvalidOperationException("A session that was ended is never refused.");
        }
        while (status == 200);
        var delay = Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds;
        return status == 401 ? delay : throw new InvalidOperationException($"It was answered with {status}:\n{there.Last}");
    }

    private static async Task ExpectAsync(KeptConnection connection, byte[] request, int expected)
    {
        if (await connection.AskAsync(request) != expected) throw new InvalidOperationException($"Not {expected}:\n{connection.Last}");
    }
}
