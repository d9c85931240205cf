using Cancela.Accounts;
using Cancela.Caching;
using Cancela.Redis;
using Cancela.Revocation;
using Cancela.Strategies.Sessions;
using Cancela.Tests;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.IntegrationTests.Nodes;

/// <summary>Cookie sessions over two nodes with Redis in front of the database.</summary>
public abstract class Sessions_that_nodes_share_contract(bool cluster)
{
    // The key, the copy and what Redis needs for both.
    private const int MostBytes = 300;

    [Fact]
    public async Task What_one_node_read_another_one_needs_not_to_read()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);

        Assert.Equal(1, await NodePair.StatementsAsync(nodes.Here, () => MeAsync(here)));
        Assert.Equal(0, await NodePair.StatementsAsync(nodes.There, () => MeAsync(there)));
        Assert.Equal(0, await NodePair.StatementsAsync(nodes.There, () => MeAsync(there)));
    }

    [Fact]
    public async Task Both_nodes_say_the_same_of_it()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);

        var read = (await here.GetAsync("/auth/me")).Expect(200).Body;
        Assert.Equal(read, (await there.GetAsync("/auth/me")).Expect(200).Body);
    }

    [Fact]
    public async Task A_session_needs_few_bytes_and_leaves_by_itself()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, _) = await SignedInAsync(nodes);
        await MeAsync(here);
        var key = Assert.Single(await nodes.Redis.KeysAsync("*"));

        var bytes = int.Parse(await nodes.Redis.AskAsync("MEMORY USAGE", key));
        TestContext.Current.SendDiagnosticMessage($"A session in Redis: {bytes} bytes.");
        TestContext.Current.TestOutputHelper!.WriteLine($"A session in Redis: {bytes} bytes.");
        Assert.InRange(bytes, 1, MostBytes);
        Assert.StartsWith("cancela:session:", key, StringComparison.Ordinal);
        Assert.InRange(long.Parse(await nodes.Redis.AskAsync("PTTL", key)), 1, (long)CopyLifetimes.Copy.TotalMilliseconds);
    }

    // The node has not read the log: what it would accept by its set, Redis no longer has.
    [Fact]
    public async Task Whoever_acknowledges_a_logout_has_withdrawn_the_copy()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);
        await MeAsync(here);

        (await here.PostAsync("/auth/logout")).Expect(204);

        Assert.Equal("\0", await nodes.Redis.AskAsync("GET", Assert.Single(await nodes.Redis.KeysAsync("*"))));
        (await there.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    [Fact]
    public async Task Ending_all_others_withdraws_each()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, _) = await SignedInAsync(nodes);
        List<TestClient> others = [];
        for (var n = 0; n < 5; n++)
        {
            var other = nodes.There.Client();
            await other.LoginAsync(Person.Ada);
            await MeAsync(other);
            others.Add(other);
        }
        await MeAsync(here);

        (await here.DeleteAsync("/auth/sessions")).Expect(204);

        var copies = await Task.WhenAll((await nodes.Redis.KeysAsync("cancela:session:*")).Select(key => nodes.Redis.AskAsync("GET", key)));
        Assert.Equal((5, 1), (copies.Count(static copy => copy == "\0"), copies.Count(static copy => copy.Length > 100)));
    }

    // The copy is put back by hand, as if its withdrawal had been lost: the set refuses it all the same.
    [Fact]
    public async Task A_copy_that_came_back_is_refused_by_the_set()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);
        await MeAsync(here);
        var key = Assert.Single(await nodes.Redis.KeysAsync("*"));
        var good = await nodes.Redis.AskAsync("GET", key);
        (await here.PostAsync("/auth/logout")).Expect(204);
        await nodes.Redis.AskAsync("SET", key, good);
        await NodePair.HearAsync(nodes.There);

        Assert.Equal(0, await NodePair.StatementsAsync(nodes.There, async () => (await there.GetAsync("/auth/me")).Expect(401, "session_invalid")));
    }

    // For as long as a copy could come back, the set remembers, although the row is long gone.
    [Fact]
    public async Task The_set_remembers_for_as_long_as_a_copy_can_be_found()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);
        await MeAsync(here);
        var key = Assert.Single(await nodes.Redis.KeysAsync("*"));
        var good = await nodes.Redis.AskAsync("GET", key);
        (await here.PostAsync("/auth/logout")).Expect(204);
        await NodePair.HearAsync(nodes.There);

        nodes.Clock.Advance(CopyLifetimes.Copy - TimeSpan.FromSeconds(1));
        nodes.There.Services.GetRequiredService<RevocationSet>().Drop(nodes.Clock.GetUtcNow() + RevocationSet.Margin);
        await NodePair.HearAsync(nodes.There);
        await nodes.Redis.AskAsync("SET", key, good);

        (await there.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    [Fact]
    public async Task A_new_role_replaces_the_copy()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);
        var id = (await here.GetAsync("/auth/me")).Json.GetProperty("user").GetProperty("id").GetGuid();
        await MeAsync(there);

        await nodes.Here.ChangeAsync(id, new AccountChange { Role = Roles.Administrator });
        await NodePair.HearAsync(nodes.There);

        Assert.Equal("ADMIN", (await there.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").GetProperty("role").GetString());
        Assert.Equal(0, await NodePair.StatementsAsync(nodes.Here, async () =>
            Assert.Equal("ADMIN", (await here.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").GetProperty("role").GetString())));
    }

    [Fact]
    public async Task A_new_name_shows_at_once_where_it_was_given()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);
        var id = (await here.GetAsync("/auth/me")).Json.GetProperty("user").GetProperty("id").GetGuid();
        await MeAsync(there);

        (await here.PutAsync($"/users/{id}", new { name = "Countess" })).Expect(200);

        Assert.Equal("Countess", (await here.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").GetProperty("name").GetString());
        nodes.Clock.Advance(TimeSpan.FromMinutes(1));
        await NodePair.HearAsync(nodes.There);
        Assert.Equal("Countess", (await there.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_session_that_was_prolonged_is_shared_anew()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);
        await MeAsync(here);
        await MeAsync(there);

        var key = Assert.Single(await nodes.Redis.KeysAsync("*"));
        var old = await nodes.Redis.AskAsync("GET", key);
        await nodes.Here.AdvanceAsync(TimeSpan.FromDays(4));
        await NodePair.HearAsync(nodes.There);
        Assert.NotEmpty((await here.GetAsync("/auth/me")).Expect(200).SetCookies);
        var prolonged = await nodes.Redis.AskAsync("GET", key);
        Assert.NotEqual(old, prolonged);

        Assert.Empty((await there.GetAsync("/auth/me")).Expect(200).SetCookies);
        Assert.Equal(prolonged, await nodes.Redis.AskAsync("GET", key));
    }

    // Ten minutes by the readers' clock, whatever the clock of Redis says: there, not a second has passed.
    [Fact]
    public async Task A_copy_that_Redis_kept_for_too_long_is_not_used()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);
        await MeAsync(here);

        var key = Assert.Single(await nodes.Redis.KeysAsync("*"));
        var old = await nodes.Redis.AskAsync("GET", key);
        await nodes.There.AdvanceAsync(CopyLifetimes.Copy + TimeSpan.FromSeconds(1));
        await MeAsync(there);

        Assert.NotEqual(old, await nodes.Redis.AskAsync("GET", key)); // the row was read, and shared anew
    }

    [Fact]
    public async Task A_blind_node_asks_the_store_and_not_Redis()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);
        await MeAsync(here);

        // A wall clock that moved against the other one by more than T, until the next read of the log.
        nodes.Clock.JumpWall(TimeSpan.FromSeconds(3));

        Assert.True(await NodePair.StatementsAsync(nodes.There, () => MeAsync(there)) >= 2); // the row, and the log
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("\u0010garbage of the right format, and long enough to hold everything that a copy could hold and more than that, whatever it is")]
    public async Task Garbage_is_a_miss_and_is_replaced(string garbage)
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, there) = await SignedInAsync(nodes);
        await MeAsync(here);
        var key = Assert.Single(await nodes.Redis.KeysAsync("*"));
        await nodes.Redis.AskAsync("SET", key, garbage);

        Assert.Equal(1, await NodePair.StatementsAsync(nodes.There, () => MeAsync(there)));
        Assert.NotEqual(garbage, await nodes.Redis.AskAsync("GET", key));
    }

    // Whoever can write to Redis cannot make a session up: a good copy under another key, or with another byte, is garbage.
    [Fact]
    public async Task A_copy_of_another_session_is_a_miss()
    {
        await using var nodes = await NodePair.StartAsync(cluster);
        var (here, _) = await SignedInAsync(nodes);
        await MeAsync(here);
        var good = await nodes.Redis.AskAsync("GET", Assert.Single(await nodes.Redis.KeysAsync("*")));
        SessionId.New(out var hash);
        var copies = new SharedSessions(nodes.There.Services.GetRequiredService<CopyFormat>(), nodes.Clock, nodes.There.Services.GetRequiredService<ISessionCopies>());
        var mine = Digest.From(hash);

        await nodes.Redis.AskAsync("SET", RedisKeys.Session(mine), good);

        var found = await copies.FindAsync(mine);
        Assert.IsType<CopyReading.Found>(found);
        Assert.Null(copies.CopyIn(mine, found));
    }

    [Fact]
    public async Task A_doorbell_rings_over_Redis()
    {
        await using var nodes = await NodePair.StartAsync(cluster, doorbell: true, settings: new() { ["Revocation:PollInterval"] = "00:00:01" });
        var (here, there) = await SignedInAsync(nodes);
        await MeAsync(there);
        var set = nodes.There.Services.GetRequiredService<RevocationSet>();
        var before = set.Count;

        (await here.PostAsync("/auth/logout")).Expect(204);

        // The clock moves by less than a poll: only the ring makes the other node read.
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        for (var n = 0; n < 900 && set.Count == before; n++)
        {
            await tick.WaitForNextTickAsync();
            nodes.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
        Assert.True(set.Count > before);
        (await there.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    /// <summary>One browser's cookie, on both nodes.</summary>
    private static async Task<(TestClient Here, TestClient There)> SignedInAsync(NodePair nodes)
    {
        var (here, there) = (nodes.Here.Client(), nodes.There.Client());
        await here.RegisterAsync(Person.Ada, name: "Ada");
        await here.LoginAsync(Person.Ada);
        foreach (var (name, value) in here.Cookies) there.Cookies[name] = value;
        await nodes.Redis.FlushAsync(); // the counts of the network
        return (here, there);
    }

    private static async Task MeAsync(TestClient client) => (await client.GetAsync("/auth/me")).Expect(200);
}
