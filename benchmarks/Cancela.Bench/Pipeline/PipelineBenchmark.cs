using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cancela.Bench.Pipeline;

/// <summary>What the gate adds to a request: the same endpoint open and behind it, in one process, on one thread, without a network.</summary>
internal sealed class PipelineBenchmark(string profile)
{
    private const int Requests = 20_000;
    private const int Rounds = 15;

    internal async Task<BenchRow[]> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            using var server = new BareServer();
            await using var app = LoopbackServer.Build(
                ["--environment=Development", "--Cancela:Limits:PerNetwork=0", $"--Cancela:Profile={profile}", $"--contentRoot={folder}", $"--Sqlite={Path.Combine(folder, "cancela.db")}"],
                services => services.AddLogging(static logging => logging.ClearProviders()).AddSingleton<IServer>(server));
            await app.StartAsync();
            var credential = await SignInAsync(server);
            var open = new BareRequest("GET", LoopbackServer.Open);
            var closed = new BareRequest("GET", LoopbackServer.Closed, Header: credential);
            var (free, gated) = (await WarmAsync(server, open), await WarmAsync(server, closed));
            for (var round = 0; round < Rounds; round++)
            {
                free = Least(free, await AskAsync(server, open));
                gated = Least(gated, await AskAsync(server, closed));
            }
            await app.StopAsync();
            return
            [
                BenchRow.Reported($"{profile}: anonymous, all of the host's work", $"{free}"),
                new($"{profile}: added behind the gate", $"{gated - free}", "1,500 ns", (gated - free).Nanoseconds <= 1_500),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private readonly record struct Cost(double Nanoseconds, double Bytes)
    {
        public override string ToString() => $"{Nanoseconds:N0} ns, {Bytes:N0} B";

        public static Cost operator -(Cost one, Cost other) => new(one.Nanoseconds - other.Nanoseconds, one.Bytes - other.Bytes);
    }

    // The header with its credential, as the client sends it.
    private async Task<(string Name, string Value)> SignInAsync(BareServer server)
    {
        const string Email = "ada@example.com";
        var registered = await server.ReadAsync(new("POST", "/register", Body: $$"""{"email":"{{Email}}","password":"seven blue herons"}"""));
        if (registered.Status != 201) throw new InvalidOperationException(registered.Body);
        var path = profile is "session" or "jwt-cookie" ? LoopbackServer.Cookie : LoopbackServer.Token;
        var line = (await server.ReadAsync(new("GET", path, $"?email={Email}"))).Body.Split(": ", 2);
        return (line[0], line[1]);
    }

    // Until the compiler has nothing more to say about it.
    private static async Task<Cost> WarmAsync(BareServer server, BareRequest request)
    {
        for (var i = 0; i < 20; i++)
        {
            await AskAsync(server, request);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        return await AskAsync(server, request);
    }

    private static async Task<Cost> AskAsync(BareServer server, BareRequest request)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Requests; i++)
        {
            var asked = server.AskAsync(request);
            if (!asked.IsCompleted) throw new InvalidOperationException("It waited for something: the thread is not the same.");
            if (await asked != 200) throw new InvalidOperationException($"Refused with {asked.Result}.");
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        return new(elapsed.TotalNanoseconds / Requests, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)Requests);
    }

    // What disturbs a run only makes it slower.
    private static Cost Least(Cost one, Cost other) => one.Nanoseconds < other.Nanoseconds ? one : other;
}
