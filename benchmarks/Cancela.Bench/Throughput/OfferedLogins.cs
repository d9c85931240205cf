using System.Collections.Concurrent;
using System.Diagnostics;

namespace Cancela.Bench.Throughput;

/// <summary>Sign-ins that come when they come, whether or not the earlier ones were answered.</summary>
/// <param name="address">Where.</param>
/// <param name="perSecond">How many.</param>
internal sealed class OfferedLogins(Uri address, double perSecond) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[][] _requests =
        [.. Enumerable.Range(0, LoginBenchmark.Accounts).Select(static number => KeptConnection.PostBody("/auth/login", "application/json", LoginBenchmark.Body(number)))];

    private readonly ConcurrentBag<KeptConnection> _idle = [];

    /// <summary>How many were offered, and what was answered.</summary>
    /// <param name="Offered">All of them.</param>
    /// <param name="SignedIn">200 with a cookie.</param>
    /// <param name="SentAway">503 <c>overloaded</c>, told when to come again.</param>
    /// <param name="Wrong">One that is neither of both; <see langword="null"/>: none.</param>
    internal sealed record Answers(int Offered, int SignedIn, int SentAway, string? Wrong);

    public async Task<Answers> OfferAsync(TimeSpan time)
    {
        var answers = new List<Task<string>>();
        var started = Stopwatch.GetTimestamp();
        for (var elapsed = TimeSpan.Zero; elapsed < time; elapsed = Stopwatch.GetElapsedTime(started))
        {
            while (answers.Count < elapsed.TotalSeconds * perSecond) answers.Add(AskAsync(_requests[answers.Count % _requests.Length]));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
        var all = await Task.WhenAll(answers).WaitAsync(Patience);
        return new(all.Length, all.Count(IsSignedIn), all.Count(IsSentAway), all.FirstOrDefault(static answer => !IsSignedIn(answer) && !IsSentAway(answer)));
    }

    public void Dispose()
    {
        foreach (var connection in _idle) connection.Dispose();
    }

    private static bool IsSignedIn(string answer) => answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) && answer.Contains("Set-Cookie: ", StringComparison.Ordinal);

    private static bool IsSentAway(string answer) =>
        answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal) && answer.Contains("Retry-After: ", StringComparison.Ordinal) && answer.Contains("\"overloaded\"", StringComparison.Ordinal);

    private async Task<string> AskAsync(byte[] request)
    {
        if (!_idle.TryTake(out var connection)) connection = await KeptConnection.OpenAsync(address);
        await connection.AskAsync(request);
        var answer = connection.Last;
        _idle.Add(connection);
        return answer;
    }
}
