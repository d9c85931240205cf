using Cancela.Credentials.Passwords;
using Cancela.Tests;
using Cancela.Tests.Contracts;
using Cancela.Tests.Hostile;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.IntegrationTests.Nodes;

/// <summary>A thousand wrong passwords at once, spread over three nodes: none goes uncounted, and no more are looked at than the limit allows.</summary>
public sealed class Wrong_passwords_over_three_nodes
{
    private const int Guesses = 1_000;
    private const string Wrong = "esta senha nunca serviu";

    [Theory]
    [InlineData(TestStore.Postgres)]
    [InlineData(TestStore.PostgresAndRedis)]
    public async Task Each_is_counted(string store)
    {
        await using var nodes = await StartAsync(store, ("Limits:FailuresPerAccount", $"{Guesses}"));

        var replies = await GuessAsync(nodes);

        Assert.Equal(Guesses, replies.Count(401));
        Assert.Equal(Guesses, await nodes.Sql.NumberAsync("SELECT failures FROM cancela_failed_attempts"));
        Assert.Equal(Guesses, await nodes.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'sign_in' AND outcome = 'invalid_credentials'"));
    }

    [Theory]
    [InlineData(TestStore.Postgres)]
    [InlineData(TestStore.PostgresAndRedis)]
    public async Task Exactly_as_many_are_looked_at_as_the_limit_allows_and_then_the_account_is_locked_on_all_nodes(string store)
    {
        await using var nodes = await StartAsync(store);
        var before = Looked(nodes);

        var replies = await GuessAsync(nodes);

        Assert.Equal((20, Guesses - 20), (replies.Count(401), replies.Count(429)));
        Assert.Equal(20, Looked(nodes) - before);
        Assert.Equal(20, await nodes.Sql.NumberAsync("SELECT failures FROM cancela_failed_attempts"));
        foreach (var node in nodes.All) (await node.TryAsync(Person.Ada)).Expect(429, "rate_limited");

        await nodes.AdvanceAsync(TimeSpan.FromMinutes(15));
        (await nodes[2].TryAsync(Person.Ada)).Expect(200);
        Assert.Equal(0, await nodes.Sql.NumberAsync("SELECT failures FROM cancela_failed_attempts"));
    }

    // What is counted here is not what a hash costs.
    private static async Task<ThreeNodes> StartAsync(string store, params (string, string)[] settings)
    {
        var nodes = await ThreeNodes.StartAsync(store, services: static services => services.AddSingleton(static _ =>
            new PasswordHasher(new PasswordOptions { MemoryKiB = 8, Iterations = 1, MaxQueuedHashes = Guesses })), settings: settings);
        using var client = nodes[0].Client();
        await client.RegisterAsync(Person.Ada);
        return nodes;
    }

    private static Task<Reply[]> GuessAsync(ThreeNodes nodes) =>
        nodes.Clock.PassWhileAsync(Storm.OfAsync(Guesses, number => nodes[number].TryAsync(Person.Ada, Wrong)), StormHost.Reach);

    private static long Looked(ThreeNodes nodes) => nodes.All.Sum(static node => node.Services.GetRequiredService<PasswordHasher>().Completed);
}
