using Cancela.Audit;
using Cancela.Secrets;
using Cancela.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>What is asked for is done, and nothing beside it: by commands, by requests, with many sessions, on a clock that was wrong.</summary>
public sealed class Keys_and_commands
{
    [Fact]
    public async Task A_command_that_only_reads_makes_no_key_of_its_own_algorithm()
    {
        using var folder = new ServerFolder();
        folder.Environment["Cancela__Signing__Algorithm"] = "ES256";
        await using (await folder.StartAsync())
        {
            folder.Environment["Cancela__Signing__Algorithm"] = null;
            Assert.Equal(0, (await folder.RunAsync(["users", "list"])).Code);
            Assert.Equal("ES256", Assert.Single(await folder.Sql.ColumnAsync("SELECT algorithm FROM cancela_keys")));
        }
    }

    [Fact]
    public async Task A_new_key_signs_although_the_one_before_it_is_from_the_future()
    {
        await using var restarted = new RestartedHost("jwt");
        restarted.Clock.JumpWall(TimeSpan.FromDays(1));
        var host = await restarted.StartAsync();
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        restarted.Clock.JumpWall(TimeSpan.FromDays(-1));

        var key = await host.Services.GetRequiredService<SigningKeyDirectory>().RotateAsync(ClientInfo.None, CancellationToken.None);

        host = await restarted.StartAsync();
        using var later = host.Client();
        var token = await later.TokenAsync(Person.Ada);
        Assert.Equal(key.KeyId, (string?)Jot.Read(token.Text("access_token")).Header["kid"]);
        (await later.GetAsync("/auth/me")).Expect(200);
    }

    [Fact]
    public async Task An_account_has_at_most_a_thousand_sessions()
    {
        await using var host = await CancelaHost.StartAsync();
        using var oldest = host.Client();
        await oldest.RegisterAsync(Person.Ada);
        await oldest.TokenAsync(Person.Ada);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        using var second = host.Client();
        await second.TokenAsync(Person.Ada);
        await CopyNewestAsync(host, 998);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        using var client = host.Client();
        await client.LoginAsync(Person.Ada);
        Assert.Equal(1_000, await CountAsync(host));
        (await client.GetAsync("/auth/me")).Expect(200);
        (await oldest.GetAsync("/auth/me")).Expect(401, "token_revoked");

        await client.TokenAsync(Person.Ada);
        Assert.Equal(1_000, await CountAsync(host));
        (await client.GetAsync("/auth/me")).Expect(200);
    }

    [Fact]
    public async Task A_change_of_nothing_is_not_written_down()
    {
        await using var host = await CancelaHost.StartAsync();
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada, name: "Ada")).Id();
        await client.TokenAsync(Person.Ada);
        var rows = await host.RowsAsync();
        (await client.PutAsync($"/users/{id}", new { })).Expect(200);
        Assert.Equal(rows, await host.RowsAsync());

        (await client.PutAsync($"/users/{id}", new { name = "Ada L." })).Expect(200);
        Assert.NotEqual(rows, await host.RowsAsync());
    }

    [Theory]
    [InlineData("PUT", "/users/{0}")]
    [InlineData("POST", "/auth/password/change")]
    [InlineData("DELETE", "/auth/sessions")]
    [InlineData("DELETE", "/auth/sessions/{0}")]
    public async Task What_changes_ones_own_account_is_throttled_per_network(string method, string path)
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Limits:PerNetwork"] = "8" });
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada)).Id();
        await client.TokenAsync(Person.Ada);
        var statuses = new List<int>();
        for (var i = 0; i < 9; i++)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), string.Format(path, id));
            if (method != "DELETE") request.Content = System.Net.Http.Json.JsonContent.Create(new { });
            statuses.Add((int)(await client.SendAsync(request)).Status);
        }
        Assert.NotEqual(429, statuses[0]);
        Assert.Equal(429, statuses[^1]);
        (await client.GetAsync("/auth/me")).Expect(200);
    }

    private static Task<int> CountAsync(CancelaHost host) => host.Sql.NumberAsync("SELECT count(*) FROM cancela_sessions");

    private static Task<int> CopyNewestAsync(CancelaHost host, int times) => host.Sql.RunAsync(string.Concat(Enumerable.Range(1, times).Select(n =>
        $"""
        INSERT INTO cancela_sessions (id, account_id, strategy, scope, amr, authenticated_at, created_at, last_seen_at, expires_at, absolute_expires_at)
        SELECT '00000000-0000-4000-8000-{n:D12}', account_id, strategy, scope, amr, authenticated_at, created_at, last_seen_at, expires_at, absolute_expires_at
        FROM cancela_sessions ORDER BY created_at DESC LIMIT 1;

        """)));
}
