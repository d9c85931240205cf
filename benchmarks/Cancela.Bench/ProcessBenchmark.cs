using System.Diagnostics;
using Cancela.Tests;

namespace Cancela.Bench;

/// <summary>What an operator sees: how long the server takes to start, and what it takes of the memory.</summary>
internal static class ProcessBenchmark
{
    private const int Starts = 5;
    private const int Sessions = 10_000;
    private const int Clients = 8;
    private const string FirstPath = "/.well-known/oauth-authorization-server";

    /// <summary>From the start of the process to the first 200.</summary>
    internal static async Task<BenchRow[]> StartAsync()
    {
        var fresh = new List<double>();
        var again = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
            fresh.Add(await FirstAnswerAsync(folder));
            again.Add(await FirstAnswerAsync(folder));
            Directory.Delete(folder, recursive: true);
        }
        return
        [
            Row("start to first 200, nothing there yet (schema, key and secret made)", fresh),
            Row("start to first 200, database there", again),
        ];
    }

    /// <summary>Resident memory when the node remembers ten thousand sessions, each made by a real sign-in and used once.</summary>
    internal static async Task<BenchRow[]> MemoryAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(folder, ["--Cancela:Limits:PerNetwork=0"]);
            using var person = new BenchClient(server.Address);
            await person.RegisterAsync();
            var before = ResidentMiB(server);
            var count = 0;
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
            {
                using var connection = await KeptConnection.OpenAsync(server.Address);
                for (var i = 0; i < Sessions / Clients; i++)
                {
                    var status = await connection.AskAsync(KeptConnection.Get("/auth/me", await person.LoginAsync()));
                    if (status != 200) throw new InvalidOperationException($"A session was answered with {status}.");
                    var done = Interlocked.Increment(ref count);
                    if (done % 1_000 == 0) await Console.Error.WriteLineAsync($"        {done:N0} of {Sessions:N0} sign-ins");
                }
            }));
            // What sign-ins hash in is given back two seconds after the last of them.
            await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
            var after = ResidentMiB(server);
            return [new($"resident memory after {Sessions:N0} sessions", $"{after:0} MiB ({before:0} MiB before)", "<= 150 MiB", after <= 150)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static BenchRow Row(string what, List<double> times)
    {
        times.Sort();
        return new(what, $"{times[Starts / 2]:0} ms (at worst {times[^1]:0} ms)", "<= 1000 ms", times[Starts / 2] <= 1000);
    }

    private static async Task<double> FirstAnswerAsync(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = await ServerProcess.StartAsync(folder);
        using var connection = await KeptConnection.OpenAsync(server.Address);
        var status = await connection.AskAsync(KeptConnection.Get(FirstPath));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return status == 200 ? elapsed : throw new InvalidOperationException($"The first answer was {status}.");
    }

    private static double ResidentMiB(ServerProcess server)
    {
        using var process = Process.GetProcessById(server.Id);
        return process.WorkingSet64 / 1048576.0;
    }
}
