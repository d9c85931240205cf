using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Fifty registrations of one address at once.</summary>
[OnEachStore]
public sealed class Parallel_registrations
{
    [Fact]
    public async Task One_is_created_and_the_others_are_told_that_the_address_is_taken()
    {
        await using var host = await StormHost.StartAsync();
        for (var round = 0; round < 3; round++)
        {
            var email = $"ada{round}@example.com";
            await CheckAsync(host, _ => email);
        }
    }

    [Fact]
    public async Task Different_spellings_are_one_address()
    {
        await using var host = await StormHost.StartAsync();
        // The last one spells the é with a combining accent.
        string[] spellings = ["andré@example.com", " ANDRÉ@example.com", "André@EXAMPLE.com ", "andre\u0301@example.com"];
        await CheckAsync(host, number => spellings[number % spellings.Length]);
    }

    private static async Task CheckAsync(CancelaHost host, Func<int, string> email)
    {
        var before = await host.Sql.NumberAsync("SELECT count(*) FROM cancela_accounts");
        var replies = await Storm.OfAsync(50, async number =>
        {
            using var client = host.Client();
            return await client.PostAsync("/register", new { email = email(number), password = Person.Password });
        });
        Assert.Equal((1, 49), (replies.Count(201), replies.Count(409)));
        Assert.All(replies.Where(static reply => (int)reply.Status == 409), static reply => Assert.Equal("email_taken", reply.Code));
        Assert.Equal(before + 1, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_accounts"));
    }
}
