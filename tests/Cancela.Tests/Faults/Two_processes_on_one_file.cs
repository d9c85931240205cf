using System.Diagnostics;
using Xunit;

namespace Cancela.Tests.Faults;

/// <summary>
/// The promise between processes that share nothing but the file: what one acknowledged as ended, the other refuses within T.
/// </summary>
public class Two_processes_on_one_file
{
    private const int Repetitions = 20;
    private const int MostRequests = 100_000;
    private static readonly TimeSpan T = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_logout_on_one_is_refused_on_the_other_within_T()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-two-").FullName;
        try
        {
            // Both at once, on an empty folder: one makes the schema, the key and the secret, the other finds them.
            var servers = await Task.WhenAll(ServerProcess.StartAsync(folder), ServerProcess.StartAsync(folder));
            await using var one = servers[0];
            await using var other = servers[1];
            using var person = new TestClient(one.Address);
            await person.RegisterAsync(Person.Ada);

            var delays = new List<double>();
            for (var i = 0; i < Repetitions; i++) delays.Add(await DelayAsync(one.Address, other.Address, turn: i));
            delays.Sort();
            Console.WriteLine(
                $"two processes, one file: a logout on one was refused on the other after p50 {delays[Repetitions / 2]:0} ms, " +
                $"max {delays[^1]:0} ms ({Repetitions} times, half by cookie, half by token, poll 250 ms, T = 2000 ms)");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> DelayAsync(Uri one, Uri other, int turn)
    {
        using var here = new TestClient(one);
        using var there = new TestClient(other);
        if (turn % 2 == 0)
        {
            await here.LoginAsync(Person.Ada);
            there.Cookies["session_id"] = here.Cookies["session_id"];
        }
        else
        {
            await here.TokenAsync(Person.Ada);
            there.Bearer = here.Bearer;
        }
        // The other one knows it well: it must forget it, not just fail to find it. More requests each time, because the
        // refusal before this one came at a poll: so that the logouts meet the polls in every phase.
        for (var i = 0; i <= turn * 20; i++) (await there.GetAsync("/auth/me")).Expect(200);
        (await here.PostAsync("/auth/logout")).Expect(204);
        return await UntilRefusedAsync(there, Stopwatch.GetTimestamp());
    }

    private static async Task<double> UntilRefusedAsync(TestClient client, long acknowledged)
    {
        for (var i = 0; i < MostRequests; i++)
        {
            var asked = Stopwatch.GetElapsedTime(acknowledged);
            var reply = await client.GetAsync("/auth/me");
            if ((int)reply.Status == 401) return Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds;
            reply.Expect(200);
            Assert.True(asked <= T, $"Accepted when asked {asked.TotalMilliseconds:0} ms after the acknowledgement.");
        }
        throw new InvalidOperationException("The other process never refused it.");
    }
}
