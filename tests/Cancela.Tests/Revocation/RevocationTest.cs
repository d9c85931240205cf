using System.Diagnostics;
using Cancela.Sql;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Revocation;

/// <summary>A database, and two nodes on it that know each other only through it: the second opens it itself, as another process does.</summary>
[OnEachStore]
public abstract class RevocationTest : IAsyncLifetime
{
    private protected static readonly Guid Session = new("11111111-1111-1111-1111-11111111abcd");
    private protected static readonly Guid Account = new("22222222-2222-2222-2222-22222222abcd");

    private Database? _second;

    private protected ManualClock Clock { get; } = new();
    private protected TestDatabase Store { get; private set; } = null!;
    private protected Node Here { get; private set; } = null!;
    private protected Node There { get; private set; } = null!;
    private protected DateTimeOffset InAnHour => Clock.GetUtcNow().AddHours(1);

    public async ValueTask InitializeAsync()
    {
        Store = await TestDatabase.CreateAsync(Clock);
        _second = Store.OpenAgain(Clock);
        Here = new Node(Store.Database, Clock);
        There = new Node(_second, Clock);
    }

    public async ValueTask DisposeAsync()
    {
        Here.Dispose();
        There.Dispose();
        await _second!.DisposeAsync();
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets other threads run until something holds. No time of the manual clock passes.</summary>
    private protected static async Task Until(Func<bool> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "It never came to hold.");
            await Task.Yield();
        }
    }
}
