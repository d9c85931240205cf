using Cancela.Revocation;
using Cancela.Tests;
using Cancela.Tests.Contracts;
using Cancela.Tests.Hostile;
using Cancela.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cancela.IntegrationTests.Postgres;

/// <summary>A pooler in transaction mode, with fewer connections than there are requests: each transaction is on another one.</summary>
public sealed class Behind_PgBouncer : IAsyncLifetime
{
    private const int DoorbellLost = 3010;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly ManualClock _clock = new();
    private readonly HostLines _lines = new();
    private TestStore? _store;
    private PgBouncerServer? _pooler;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PgBouncerServer.IsInstalled, PgBouncerServer.Missing);
        _store = await TestStore.CreateAsync(kind: TestStore.Postgres);
        _pooler = await PgBouncerServer.StartAsync((await PostgresServer.Shared).Port, poolSize: 2);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_pooler is not null) await _pooler.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
        _lines.Dispose();
    }

    [Theory]
    [InlineData("session")]
    [InlineData("jwt")]
    [InlineData("jwt-cookie")]
    [InlineData("refresh-denylist")]
    [InlineData("refresh-rotation")]
    public async Task Every_strategy_signs_in_renews_and_signs_out(string profile)
    {
        await using var host = await StartAsync(profile);
        for (var round = 0; round < 3; round++) // what was prepared on one connection is asked for on another
        {
            var replies = await Storm.OfAsync(8, number => WalkAsync(host, $"person{round}-{number}@example.com"));
            Assert.All(replies.SelectMany(static both => both), static reply => reply.Expect(401));
        }
    }

    [Fact]
    public async Task It_says_that_nobody_hears_the_doorbell_and_the_other_node_refuses_at_its_next_poll()
    {
        await using var here = await StartAsync("session");
        await using var there = await StartAsync("session");
        await _lines.SaysAsync(DoorbellLost).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var said = Assert.Single(_lines.All.Where(static line => line.Id == DoorbellLost).Distinct());
        Assert.Equal(LogLevel.Warning, said.Level);
        Assert.Contains("The doorbell over PostgreSQL is not heard: revocations reach the other nodes at their next poll.", said.Text, StringComparison.Ordinal);
        Assert.Contains("A connection pooler stands before PostgreSQL", said.Text, StringComparison.Ordinal);

        using var browser = here.Client();
        await browser.RegisterAsync(Person.Ada);
        await browser.LoginAsync(Person.Ada);
        using var copy = there.Client();
        copy.Cookies["session_id"] = browser.Cookies["session_id"];
        (await copy.GetAsync("/auth/me")).Expect(200);
        (await browser.PostAsync("/auth/logout")).Expect(204);
        await there.AdvanceAsync(Poll);

        (await copy.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    private async Task<CancelaHost> StartAsync(string profile) => await CancelaHost.StartAsync(
        profile, new() { ["Limits:PerNetwork"] = "0" }, clock: _clock, folder: _store!.Folder, services: services =>
        {
            services.RemoveAll<IDoorbellLine>(); // the one that passes the pooler by
            new CancelaBuilder(services).UsePostgres(_pooler!.ConnectionString(((PostgresStore)_store).Name));
            services.AddSingleton<ILoggerProvider>(_lines);
        });

    /// <summary>Both slots, from the sign-in to the logout, and what each credential is answered then.</summary>
    private static async Task<Reply[]> WalkAsync(CancelaHost host, string email)
    {
        using var browser = host.Client();
        await browser.RegisterAsync(email);
        await browser.LoginAsync(email);
        (await browser.GetAsync("/auth/me")).Expect(200);
        var cookies = new Dictionary<string, string>(browser.Cookies);
        (await browser.PostAsync("/auth/logout")).Expect(204);
        foreach (var (name, value) in cookies) browser.Cookies[name] = value;

        using var program = host.Client();
        var tokens = await program.TokenAsync(email);
        if (tokens.Json.TryGetProperty("refresh_token", out var refresh))
            program.Bearer = (await host.RefreshAsync(refresh.GetString()!)).Expect(200).Text("access_token");
        (await program.GetAsync("/auth/me")).Expect(200);
        (await program.PostAsync("/auth/logout")).Expect(204);
        return [await browser.GetAsync("/auth/me"), await program.GetAsync("/auth/me")];
    }
}
