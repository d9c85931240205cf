using System.Diagnostics;

namespace Cancela.Bench;

/// <summary>Sends a bounded number of requests over some connections that are kept.</summary>
/// <param name="address">The server.</param>
/// <param name="processId">Its process: what a request takes of the processor is asked of the system, and no client is in that figure.</param>
internal sealed class LoopbackLoad(Uri address, int processId)
{
    private const int Connections = 16;
    private const int Requests = 1_000;

    /// <summary>How many requests a run sends.</summary>
    public const int All = Connections * Requests;

    /// <summary>Requests a second, and what each took of the server's processor time.</summary>
    public sealed record Result(double PerSecond, double ProcessorMicroseconds);

    /// <exception cref="InvalidOperationException">A request was not answered with 200.</exception>
    public async Task<Result> RunAsync(byte[] request)
    {
        using var process = Process.GetProcessById(processId);
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => KeptConnection.OpenAsync(address)));
        var before = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select(connection => Task.Run(() => AskAsync(connection, request))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        var processor = process.TotalProcessorTime - before;
        foreach (var connection in connections) connection.Dispose();
        return new(All / elapsed.TotalSeconds, processor.TotalMicroseconds / All);
    }

    private static async Task AskAsync(KeptConnection connection, byte[] request)
    {
        for (var i = 0; i < Requests; i++)
        {
            if (await connection.AskAsync(request) != 200) throw new InvalidOperationException($"Request {i} was refused:\n{connection.Last}");
        }
    }
}
