using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S4: "automatic refresh rotation", with the grace period of revocation.md.</summary>
public sealed partial class S4_refresh_rotation
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Several tabs refresh one token at once: one successor for all, byte for byte.</summary>
    [Fact]
    public async Task Parallel_refreshes_give_the_same_successor()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var _ = program;
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var tab = Host.Client();
            return (await RefreshAsync(tab, reply.Text("refresh_token"))).Expect(200);
        }));
        var successor = Assert.Single(answers.Select(answer => answer.Text("refresh_token")).Distinct());
        Assert.All(answers, answer => Assert.True(Jot.Read(answer.Text("access_token")).IsSignedByUs));
        Assert.Equal(1, Jot.Read(successor).Number("gen"));
        using var next = Host.Client();
        (await RefreshAsync(next, successor)).Expect(200);
    }

    /// <summary>An answer that got lost is asked for again: the same successor, until the last moment of the grace.</summary>
    [Fact]
    public async Task A_repeated_refresh_within_the_grace_gives_the_same_successor()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        var first = (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        await Host.AdvanceAsync(Grace - TimeSpan.FromMilliseconds(1));
        var second = (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        Assert.Equal(first.Text("refresh_token"), second.Text("refresh_token"));
        (await ShowAsync(client, second.Text("access_token"))).Expect(200);
    }

    /// <summary>After the grace it is reuse: the session ends, successor and access token with it, and it is written down.</summary>
    [Fact]
    public async Task A_reused_token_ends_the_session_and_is_audited()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        var (another, elsewhere) = await ProgramAsync(person);
        using var client = program;
        using var other = another;
        var successor = (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        await Host.AdvanceAsync(Grace);
        await RefusedFirstAsync(client, reply.Text("refresh_token"));
        (await RefreshAsync(client, successor.Text("refresh_token"))).Expect(401, "token_revoked");
        (await ShowAsync(client, successor.Text("access_token"))).Expect(401, "token_revoked");

        Assert.Contains("refresh_reuse refresh_reused", await EventsOfAsync(person));
        var row = await Sql.OneAsync("SELECT session_id FROM cancela_audit WHERE account_id = @id AND event = 'refresh_reuse'", ("id", person.Id));
        Assert.Equal(Jot.Read(reply.Text("access_token")).Id("sid"), Guid.Parse((string)row["session_id"]!));
        (await RefreshAsync(other, elsewhere.Text("refresh_token"))).Expect(200);
    }

    /// <summary>Two generations behind is reuse, however young.</summary>
    [Fact]
    public async Task The_grace_covers_the_last_token_but_one_only()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        var second = (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        (await RefreshAsync(client, second.Text("refresh_token"))).Expect(200);
        await RefusedFirstAsync(client, reply.Text("refresh_token"));
    }

    /// <summary>"0 to switch off".</summary>
    [Fact]
    public async Task Without_a_grace_the_second_use_is_reuse()
    {
        await using var host = await CancelaHost.StartAsync("refresh-rotation", new() { ["Refresh:Grace"] = "0" });
        using var client = host.Client();
        var reply = await client.TokenAsync((await SomebodyAsync(host)).Email);
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(200);
        await RefusedFirstAsync(client, reply.Text("refresh_token"));
    }

    private static async Task RefusedFirstAsync(TestClient client, string? token)
    {
        var refused = (await RefreshAsync(client, token)).Expect(401, "refresh_reused");
        Assert.Equal("Token de renovação já utilizado: sessão encerrada", refused.Text("detail"));
        Assert.Equal("invalid_grant", refused.Text("error"));
    }
}
