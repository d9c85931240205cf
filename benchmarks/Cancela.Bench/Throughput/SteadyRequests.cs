using System.Diagnostics;

namespace Cancela.Bench.Throughput;

/// <summary>One request after the other at a modest, steady rate, and how long each took from the time when it was due.</summary>
/// <param name="address">Where.</param>
/// <param name="credential">The header line that each shows.</param>
/// <param name="interval">Between two.</param>
internal sealed class SteadyRequests(Uri address, string credential, TimeSpan interval)
{
    /// <summary>On a thread of its own: what else this process sends does not hold it up.</summary>
    /// <returns>Milliseconds.</returns>
    public Task<List<double>> SendAsync(TimeSpan time) =>
        Task.Factory.StartNew(() => Send(time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private List<double> Send(TimeSpan time)
    {
        using var connection = KeptConnection.OpenAsync(address).GetAwaiter().GetResult();
        var request = KeptConnection.Get("/auth/me", credential);
        var took = new List<double>();
        var started = Stopwatch.GetTimestamp();
        for (var due = TimeSpan.Zero; due < time; due += interval)
        {
            var early = due - Stopwatch.GetElapsedTime(started);
            if (early > TimeSpan.Zero) connection.Rest((int)early.TotalMicroseconds);
            if (connection.Ask(request) != 200) throw new InvalidOperationException($"It was refused:\n{connection.Last}");
            // One that had to wait for the one before it was late all the same.
            took.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
        }
        return took;
    }
}
