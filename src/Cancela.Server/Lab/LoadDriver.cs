using System.Net;
using System.Net.Sockets;

namespace Cancela.Server.Lab;

/// <summary>
/// Keeps a number of connections busy for a while, each with one request under way. One thread for all of them, which sleeps
/// in the kernel until something came: threads of a pool would cost the server more of the cores than the requests do.
/// </summary>
internal sealed class LoadDriver(IPEndPoint address)
{
    private const int PatienceMicroseconds = 10_000_000;

    /// <summary>What a connection sends next, from the answer that it got; from none at first.</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="last">The answer.</param>
    public delegate byte[] Next(int connection, LabAnswer? last);

    /// <param name="connections">How many.</param>
    /// <param name="duration">After that nothing is sent any more; what is under way is waited for.</param>
    /// <param name="next">The requests. Each is answered with 200, or the run is none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<LoadResult> RunAsync(int connections, TimeSpan duration, Next next, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Run(connections, duration, next, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private LoadResult Run(int connections, TimeSpan duration, Next next, CancellationToken cancellationToken)
    {
        var all = new List<LabConnection>(connections);
        try
        {
            while (all.Count < connections) all.Add(LabConnection.Open(address));
            return Run(all, duration, next, cancellationToken);
        }
        finally
        {
            foreach (var connection in all) connection.Dispose();
        }
    }

    private static LoadResult Run(List<LabConnection> all, TimeSpan duration, Next next, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var latencies = new List<long>(capacity: 64 * 1024);
        var busy = all.Select(static (connection, number) => (connection.Socket, (connection, number))).ToDictionary(static one => one.Socket, static one => one.Item2);
        var ready = new List<Socket>(all.Count);
        var started = clock.GetTimestamp();
        foreach (var (connection, number) in busy.Values) connection.Send(next(number, null));
        while (busy.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ready.Clear();
            ready.AddRange(busy.Keys);
            Socket.Select(ready, null, null, PatienceMicroseconds);
            if (ready.Count == 0) throw new LabFailedException("The server under test did not answer.");
            foreach (var socket in ready)
            {
                var (connection, number) = busy[socket];
                if (!connection.Receive()) continue;
                latencies.Add((long)clock.GetElapsedTime(connection.SentAt).TotalNanoseconds);
                if (connection.Last is { Status: not 200 } refused) throw new LabFailedException($"A request under load was answered with {refused.Status}: {refused.Body}");
                if (clock.GetElapsedTime(started) < duration) connection.Send(next(number, connection.Last));
                else busy.Remove(socket);
            }
        }
        return new([.. latencies], clock.GetElapsedTime(started));
    }
}

/// <param name="Nanoseconds">How long each request took.</param>
/// <param name="Elapsed">How long all of them took.</param>
internal sealed record LoadResult(long[] Nanoseconds, TimeSpan Elapsed)
{
    public double PerSecond => Nanoseconds.Length / Elapsed.TotalSeconds;
}
