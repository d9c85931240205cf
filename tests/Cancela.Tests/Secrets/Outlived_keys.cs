using Cancela.Secrets;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Secrets;

/// <summary>A key goes when the last token that it signed has expired: the longest lifetime, and a day, after its successor came or it was retired.</summary>
[OnEachStore]
public sealed class Outlived_keys : IAsyncLifetime
{
    private static readonly TimeSpan Overlap = KeyNode.Longest + TimeSpan.FromDays(1);

    private readonly ManualClock _clock = new();
    private TestDatabase _store = null!;
    private KeyNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestDatabase.CreateAsync(_clock);
        _node = new KeyNode(_store.Database, _clock, RootSecret.Parse(TestSecret.Value));
        await _node.LoadAsync();
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_key_that_signs_never_goes_however_old_it_is()
    {
        _clock.Advance(Overlap * 100);

        Assert.Equal(0, await _node.SweepAsync());
    }

    // Its own age says nothing: it signed until the moment before its successor came.
    [Fact]
    public async Task A_succeeded_key_stays_for_the_overlap_and_goes_after_it()
    {
        _clock.Advance(Overlap * 2);
        var signing = await _node.RotateAsync();

        _clock.Advance(Overlap);
        Assert.Equal(0, await _node.SweepAsync());
        Assert.Equal(2, (await _node.ReloadAsync()).Verifying.Count);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await _node.SweepAsync());
        Assert.Equal([signing.KeyId], (await _node.ReloadAsync()).Verifying.Select(key => key.KeyId));
    }

    [Fact]
    public async Task Of_several_each_waits_for_its_own_successor()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        var second = await _node.RotateAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        await _node.RotateAsync();
        _clock.Advance(Overlap - TimeSpan.FromHours(1));

        Assert.Equal(1, await _node.SweepAsync());
        Assert.Contains((await _node.ReloadAsync()).Verifying, key => key.KeyId == second.KeyId);
    }

    [Fact]
    public async Task A_retired_key_goes_after_its_retirement_and_succeeds_nobody()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        var second = await _node.RotateAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        await _node.RotateAsync();
        await _node.RetireAsync(second.KeyId);
        _clock.Advance(Overlap);
        Assert.Equal(0, await _node.SweepAsync());

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await _node.SweepAsync());
        Assert.Equal(["1"], await _store.ReadAsync("SELECT count(*) FROM cancela_keys"));
    }
}
