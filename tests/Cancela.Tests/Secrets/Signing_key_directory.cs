using Cancela.Secrets;
using Cancela.Sql;
using Cancela.Tests.Contracts;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Secrets;

[OnEachStore]
public sealed class Signing_key_directory : IAsyncLifetime
{
    private static readonly RootSecret Secret = RootSecret.Parse(TestSecret.Value);

    private readonly ManualClock _clock = new();
    private TestDatabase _store = null!;
    private KeyNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestDatabase.CreateAsync(_clock);
        _node = Node();
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_first_key_is_the_configured_secret_itself()
    {
        var ring = await _node.LoadAsync();

        Assert.Equal(SigningKey.FromSecret(Secret.Bytes, default).KeyId, ring.Signing.KeyId);
        Assert.Equal([$"key_rotated {ring.Signing.KeyId}"], await _store.ReadAsync("SELECT event || ' ' || method FROM cancela_audit"));
    }

    [Fact]
    public async Task The_database_alone_does_not_hold_the_secret()
    {
        await _node.LoadAsync();

        var material = Assert.Single(await _store.Database.ReadAllAsync(
            new Statement("SELECT material FROM cancela_keys"), row => row.GetFieldValue<byte[]>(0), CancellationToken.None));
        Assert.Equal(-1, material.AsSpan().IndexOf(Secret.Bytes));
    }

    [Fact]
    public async Task A_rotated_key_signs_and_what_the_one_before_signed_still_verifies()
    {
        var first = (await _node.LoadAsync()).Signing;
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = await _node.RotateAsync();

        var ring = await _node.ReloadAsync();
        Assert.Equal(second.KeyId, ring.Signing.KeyId);
        Assert.Equal(2, ring.Verifying.Count);
        Assert.True(ring.Holds(first));
    }

    [Fact]
    public async Task A_reload_without_a_change_gives_the_very_same_ring()
    {
        var ring = await _node.LoadAsync();

        Assert.Same(ring, await _node.ReloadAsync());
        Assert.Same(ring, await _node.LoadAsync());
    }

    // The memory of verified tokens holds the key that verified them: another object of the same key would empty it.
    [Fact]
    public async Task A_reload_after_a_change_keeps_the_keys_that_did_not_change()
    {
        var ring = await _node.LoadAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _node.RotateAsync();

        var after = await _node.ReloadAsync();
        Assert.NotSame(ring, after);
        Assert.True(after.Holds(ring.Signing));
    }

    [Fact]
    public async Task What_another_node_rotated_is_there_after_a_reload()
    {
        await _node.LoadAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var key = await Node().RotateAsync();

        Assert.Equal(key.KeyId, (await _node.ReloadAsync()).Signing.KeyId);
    }

    [Fact]
    public async Task A_retired_key_is_refused_at_once_here_and_after_a_read_elsewhere()
    {
        var (first, other) = await RotatedAsync();

        Assert.Equal(Retirement.Retired, await _node.RetireAsync(first.KeyId));

        Assert.True(_node.Refuses(first.KeyId));
        Assert.False(other.Refuses(first.KeyId));
        await other.Log.ReadAsync(Cancela.Revocation.LogPosition.Beginning, other.Set.Add, CancellationToken.None);
        Assert.True(other.Refuses(first.KeyId));
        var ring = await other.ReloadAsync();
        Assert.False(ring.Holds(first));
        Assert.Contains(first.KeyId, ring.Retired);
    }

    [Fact]
    public async Task A_retirement_is_remembered_as_long_as_anything_that_the_key_signed_lives()
    {
        var (first, _) = await RotatedAsync();
        await _node.RetireAsync(first.KeyId);

        var until = await _store.Database.ReadAllAsync(
            new("SELECT until FROM cancela_revocations WHERE kind = 'key'"), row => row.GetFieldValue<DateTimeOffset>(0), CancellationToken.None);
        Assert.Equal([_clock.GetUtcNow() + KeyNode.Longest], until);
    }

    [Fact]
    public async Task The_key_that_signs_is_not_retired()
    {
        var signing = (await _node.LoadAsync()).Signing;

        Assert.Equal(Retirement.StillSigning, await _node.RetireAsync(signing.KeyId));
        Assert.Equal(signing.KeyId, (await _node.ReloadAsync()).Signing.KeyId);
        Assert.False(_node.Refuses(signing.KeyId));
    }

    [Fact]
    public async Task A_key_is_retired_once_and_one_that_does_not_exist_never()
    {
        var (first, _) = await RotatedAsync();
        await _node.RetireAsync(first.KeyId);

        Assert.Equal(Retirement.AlreadyRetired, await _node.RetireAsync(first.KeyId));
        Assert.Equal(Retirement.Unknown, await _node.RetireAsync("no-such-key"));
        Assert.Equal(["1"], await _store.ReadAsync("SELECT count(*) FROM cancela_audit WHERE event = 'key_retired'"));
    }

    [Fact]
    public async Task Keys_encrypted_under_another_secret_stop_the_start_with_a_sentence_that_helps()
    {
        var key = (await _node.LoadAsync()).Signing;
        var other = new KeyNode(_store.Database, _clock, RootSecret.Parse(RootSecret.Generate()));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(other.LoadAsync);

        Assert.Contains(key.KeyId, fault.Message);
        Assert.Contains("another Cancela:Signing:Secret", fault.Message);
        Assert.Equal(["1"], await _store.ReadAsync("SELECT count(*) FROM cancela_keys"));
    }

    [Fact]
    public async Task Another_algorithm_in_the_settings_rotates_at_the_start_and_old_tokens_stay_valid()
    {
        var before = (await _node.LoadAsync()).Signing;
        _clock.Advance(TimeSpan.FromSeconds(1));

        var ring = await Node(SigningAlgorithm.ES256).LoadAsync();

        Assert.Equal(SigningAlgorithm.ES256, ring.Signing.Algorithm);
        Assert.Contains(ring.Verifying, key => key.KeyId == before.KeyId);
    }

    [Fact]
    public async Task Back_to_the_first_algorithm_a_new_key_signs_and_not_the_configured_secret_again()
    {
        var before = (await _node.LoadAsync()).Signing;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Node(SigningAlgorithm.ES256).LoadAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));

        var ring = await Node().LoadAsync();

        Assert.Equal(SigningAlgorithm.HS256, ring.Signing.Algorithm);
        Assert.NotEqual(before.KeyId, ring.Signing.KeyId);
        Assert.Equal(3, ring.Verifying.Count);
    }

    // Once: each reload of each node made a key of its own algorithm, every few seconds, while a roll-out lasted.
    [Fact]
    public async Task Nodes_with_different_algorithms_do_not_rotate_against_each_other()
    {
        var elliptic = Node(SigningAlgorithm.ES256);
        await _node.LoadAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var signing = (await elliptic.LoadAsync()).Signing;

        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(signing.KeyId, (await _node.ReloadAsync()).Signing.KeyId);
            Assert.Equal(signing.KeyId, (await elliptic.ReloadAsync()).Signing.KeyId);
        }
        Assert.Equal(["2"], await _store.ReadAsync("SELECT count(*) FROM cancela_keys"));
    }

    [Theory]
    [InlineData(SigningAlgorithm.HS256)]
    [InlineData(SigningAlgorithm.ES256)]
    public async Task Processes_that_start_at_once_on_one_database_have_the_same_one_key(SigningAlgorithm algorithm)
    {
        var databases = Enumerable.Range(0, 6).Select(_ => _store.OpenAgain(_clock)).ToList();

        var rings = await Task.WhenAll(databases.Select(database => Task.Run(async () =>
        {
            await database.PrepareAsync(CancellationToken.None);
            return await new KeyNode(database, _clock, Secret, algorithm).LoadAsync();
        })));

        Assert.Single(rings.Select(ring => ring.Signing.KeyId).Distinct());
        Assert.Equal(["1"], await _store.ReadAsync("SELECT count(*) FROM cancela_keys"));
        Assert.Equal(["1"], await _store.ReadAsync("SELECT count(*) FROM cancela_audit"));
        foreach (var database in databases) await database.DisposeAsync();
    }

    [Fact]
    public async Task Where_an_operator_retired_every_key_the_start_makes_another()
    {
        var first = (await _node.LoadAsync()).Signing;
        await _store.RunAsync("UPDATE cancela_keys SET retired_at = created_at");

        var ring = await Node().LoadAsync();

        Assert.NotEqual(first.KeyId, ring.Signing.KeyId);
        Assert.Contains(first.KeyId, ring.Retired);
    }

    [Fact]
    public async Task The_list_tells_all_keys_newest_first()
    {
        var (first, _) = await RotatedAsync();
        await _node.RetireAsync(first.KeyId);

        var keys = await _node.Directory.ListAsync(CancellationToken.None);

        Assert.Equal([(await _node.ReloadAsync()).Signing.KeyId, first.KeyId], keys.Select(key => key.KeyId));
        Assert.Equal([null, _clock.GetUtcNow()], keys.Select(key => key.RetiredAt));
        Assert.All(keys, key => Assert.Equal(SigningAlgorithm.HS256, key.Algorithm));
    }

    private KeyNode Node(SigningAlgorithm algorithm = SigningAlgorithm.HS256) => new(_store.Database, _clock, Secret, algorithm);

    private async Task<(SigningKey First, KeyNode Other)> RotatedAsync()
    {
        var first = (await _node.LoadAsync()).Signing;
        var other = Node();
        await other.LoadAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _node.RotateAsync();
        return (first, other);
    }
}
