using System.Diagnostics;

namespace Cancela.Bench;

/// <summary>
/// Ends sessions on the node that serves them, while other connections go on using them: no request that was sent after the
/// 204 may be accepted.
/// </summary>
internal sealed class LocalRevocation(Uri address, BenchClient person)
{
    private const int Sessions = 20;
    private const int Users = 4;
    private const int MostRequests = 100_000;

    /// <summary>When a request was sent, when it was answered, and whether it was accepted.</summary>
    private sealed record Use(long Sent, long Answered, bool Accepted);

    public async Task<BenchRow> RunAsync(string strategy, Func<Task<string>> signIn)
    {
        var late = 0;
        var asked = 0;
        var delays = new List<double>();
        for (var i = 0; i < Sessions; i++)
        {
            var credential = await signIn();
            var users = Enumerable.Range(0, Users).Select(_ => Task.Run(() => UseAsync(credential))).ToList();
            await person.LogoutAsync(credential);
            var acknowledged = Stopwatch.GetTimestamp();
            var uses = (await Task.WhenAll(users)).SelectMany(list => list).ToList();
            uses.AddRange(await UseAsync(credential));
            asked += uses.Count;
            late += uses.Count(use => use.Accepted && use.Sent > acknowledged);
            delays.Add(uses.Where(use => !use.Accepted && use.Sent > acknowledged).Min(use => Stopwatch.GetElapsedTime(acknowledged, use.Answered).TotalMilliseconds));
        }
        return new(
            $"{strategy}: accepted after the 204 of their logout, same node", $"{late} of {asked:N0}, refused after {delays.Order().ElementAt(Sessions / 2):0.0} ms",
            "0", late == 0);
    }

    private async Task<List<Use>> UseAsync(string credential)
    {
        var uses = new List<Use>();
        using var connection = await KeptConnection.OpenAsync(address);
        var request = KeptConnection.Get(LoopbackServer.Closed, credential);
        for (var i = 0; i < MostRequests; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            var accepted = await connection.AskAsync(request) == 200;
            uses.Add(new(sent, Stopwatch.GetTimestamp(), accepted));
            if (!accepted) return uses;
        }
        throw new InvalidOperationException("A session that was ended was never refused.");
    }
}
