using System.Diagnostics;
using Cancela.Tests.Servers;
using Npgsql;

namespace Cancela.Bench;

/// <summary>
/// What no node can be faster than: one connection notifies, another hears it and asks for one number. Measured between the logouts,
/// on the machine as it is then.
/// </summary>
internal sealed class BareDoorbell : IAsyncDisposable
{
    private readonly NpgsqlConnection _one;
    private readonly NpgsqlConnection _other;
    private readonly NpgsqlConnection _asking;
    private readonly NpgsqlCommand _notify;
    private readonly NpgsqlCommand _ask;

    private BareDoorbell(string place)
    {
        (_one, _other, _asking) = (new(place), new(place), new(place));
        _notify = new("SELECT pg_notify('bench', '')", _one);
        _ask = new("SELECT count(*) FROM pg_current_snapshot()", _asking);
    }

    public static async Task<BareDoorbell> OpenAsync()
    {
        var bare = new BareDoorbell((await PostgresServer.Shared).ConnectionString("postgres"));
        foreach (var connection in new[] { bare._one, bare._other, bare._asking }) await connection.OpenAsync();
        await using var listen = new NpgsqlCommand("LISTEN bench", bare._other);
        await listen.ExecuteNonQueryAsync();
        await bare._notify.PrepareAsync();
        await bare._ask.PrepareAsync();
        return bare;
    }

    /// <returns>Milliseconds from the notification's being sent to the answer.</returns>
    public async Task<double> RingAsync()
    {
        var heard = _other.WaitAsync();
        var started = Stopwatch.GetTimestamp();
        await _notify.ExecuteNonQueryAsync();
        await heard;
        await _ask.ExecuteScalarAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _notify.DisposeAsync();
        await _ask.DisposeAsync();
        foreach (var connection in new[] { _one, _other, _asking }) await connection.DisposeAsync();
    }
}
