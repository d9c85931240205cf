using Cancela.Caching;
using Cancela.Redis;
using Cancela.Strategies;
using Cancela.Tests;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.IntegrationTests.Nodes;

/// <summary>The real thing, all at once: sign-ins, first requests and "sign out everywhere", on two nodes.</summary>
public sealed class Sign_ins_while_all_is_ended
{
    private const int Rounds = 40;

    // Asked past the sets of the nodes: what Redis would answer with, held against the rows.
    [Fact]
    public async Task No_copy_outlives_its_row()
    {
        await using var nodes = await NodePair.StartAsync(settings: new() { ["Limits:PerNetwork"] = "0" });
        using var ada = nodes.Here.Client();
        var id = (await ada.RegisterAsync(Person.Ada)).GetProperty("id").GetGuid();
        var sessions = nodes.Here.Services.GetRequiredService<SessionDirectory>();

        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(
                SignInAsync(nodes.Here), SignInAsync(nodes.There), SignInAsync(nodes.Here), SignInAsync(nodes.There),
                nodes.Here.Database.TransactAsync(transaction => sessions.EndOthersAsync(transaction, id, null), CancellationToken.None));
            await NobodyIsBackAsync(nodes);
        }

        await nodes.Here.Database.TransactAsync(transaction => sessions.EndOthersAsync(transaction, id, null), CancellationToken.None);
        await NobodyIsBackAsync(nodes);
        Assert.Empty(await LivingAsync(nodes));
    }

    private static async Task SignInAsync(CancelaHost node)
    {
        using var client = node.Client();
        await client.LoginAsync(Person.Ada);
        await client.GetAsync("/auth/me"); // 200, or 401 if it was ended meanwhile
    }

    private static async Task NobodyIsBackAsync(NodePair nodes)
    {
        var living = await LivingAsync(nodes);
        foreach (var key in await nodes.Redis.KeysAsync("cancela:session:*"))
        {
            // Longer than a lease or a withdrawal: a copy.
            if ((await nodes.Redis.AskAsync("GET", key)).Length > 20) Assert.Contains(key, living);
        }
    }

    private static async Task<HashSet<string>> LivingAsync(NodePair nodes) =>
        [.. await nodes.Here.Database.ReadAllAsync(
            new("SELECT secret_hash FROM cancela_sessions WHERE secret_hash IS NOT NULL"),
            static row => RedisKeys.Session(Digest.From(row.GetFieldValue<byte[]>(0))), CancellationToken.None)];
}
