using Cancela.Server.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cancela.Tests.Server;

/// <summary>How the process starts and stops, and what it says when it cannot.</summary>
public sealed class Server_start
{
    [Fact]
    public async Task It_serves_on_its_own_defaults_says_where_and_stops_on_SIGTERM()
    {
        using var folder = new ServerFolder("Development", withSecret: false);
        folder.Environment["CANCELA_COMMAND"] = "./run";
        await using var server = await folder.StartAsync();
        using var client = new TestClient(server.Address);
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        Assert.Equal("alive", (await client.GetAsync("/healthz")).Expect(200).Text("status"));
        Assert.Equal("ready", (await client.GetAsync("/readyz")).Expect(200).Text("status"));
        Assert.Equal(1, await folder.Sql.NumberAsync("SELECT count(*) FROM cancela_accounts"));

        Assert.Equal(0, await server.StopAsync());
        Assert.Contains($"{server.Address.GetLeftPart(UriPartial.Authority)}/docs", server.Output, StringComparison.Ordinal);
        Assert.Contains("./run users add --admin you@example.com", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_administrators_line_names_the_database_and_goes_when_there_is_one()
    {
        using var folder = new ServerFolder();
        const string setting = "--Cancela:Database=sqlite:data/../data/cancela.db";
        Assert.Contains($"users add --admin you@example.com {setting}", await SaidAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await folder.RunAsync(["users", "add", "--admin", Person.Ada, setting], Person.Password)).Code);
        Assert.DoesNotContain("first administrator", await SaidAsync(), StringComparison.Ordinal);
        await folder.Sql.RunAsync("UPDATE cancela_accounts SET status = 'closed'");
        Assert.Contains("first administrator", await SaidAsync(), StringComparison.Ordinal);

        async Task<string> SaidAsync()
        {
            await using var server = await folder.StartAsync(setting);
            Assert.Equal(0, await server.StopAsync());
            return server.Output;
        }
    }

    [Fact]
    public async Task To_be_stopped_while_it_starts_is_no_failure()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService<StoppedMeanwhile>();
        await using var app = builder.Build();
        Assert.False(await ServeCommand.StartsAsync(app));
    }

    /// <summary>SIGTERM does the same, at a moment that nobody can choose.</summary>
    private sealed class StoppedMeanwhile(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.FromCanceled(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [Fact]
    public async Task What_it_keeps_survives_a_restart()
    {
        using var folder = new ServerFolder("Development", withSecret: false);
        string token;
        await using (var first = await folder.StartAsync())
        {
            using var client = new TestClient(first.Address);
            await client.RegisterAsync(Person.Ada);
            await client.TokenAsync(Person.Ada);
            token = client.Bearer!;
            Assert.Equal(0, await first.StopAsync());
        }
        await using var second = await folder.StartAsync();
        using var same = new TestClient(second.Address);
        same.Bearer = token;
        (await same.GetAsync("/auth/me")).Expect(200);
    }

    [Fact]
    public async Task All_faults_of_the_settings_are_told_at_once_in_plain_sentences()
    {
        using var folder = new ServerFolder(withSecret: false);
        var ended = await folder.RunAsync(
        [
            "--Cancela:Database=postgres:Host=db;Password=hush", "--Cancela:Redis=localhost:6379,pasword=hush", "--Cancela:Profile=none", "--Cancela:Langauge=en",
            "--Cancela:Server:ApiDocs=perhaps", "--Cancela:Server:Colour=red",
        ]);
        Assert.Equal(1, ended.Code);
        string[] told =
        [
            "Cancela:Database: postgres: takes a connection string", "Cancela:Redis must be host:port", "Profile is 'none'", "Langauge is not a setting",
            "ApiDocs is 'perhaps'", "Server:Colour is not a setting", "Signing:Secret is not set",
        ];
        Assert.All(told, sentence => Assert.Contains(sentence, ended.Errors, StringComparison.Ordinal));
        Assert.Equal(told.Length, ended.Errors.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain("hush", ended.Errors + ended.Output, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    [Theory]
    [InlineData("--Cancela:Database=sqlite:", "must be sqlite:<file>")]
    [InlineData("--Cancela:Database=mysql:x", "must be sqlite:<file>")]
    [InlineData("--Cancela:Session:Lifetime=long", "Cancela:Session:Lifetime")]
    [InlineData("--Cancela:Database=sqlite:/proc/no/such.db", "/proc/no")]
    [InlineData("--urls=ftp://127.0.0.1:2121", "ftp")]
    public async Task One_fault_is_one_sentence(string setting, string sentence)
    {
        using var folder = new ServerFolder();
        var ended = await folder.RunAsync(["--urls=http://127.0.0.1:0", setting]);
        Assert.Equal(1, ended.Code);
        Assert.Contains(sentence, ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_told_without_a_stack_trace()
    {
        using var folder = new ServerFolder();
        await using var first = await folder.StartAsync();
        var ended = await folder.RunAsync(["--urls", $"http://127.0.0.1:{first.Address.Port}"]);
        Assert.Equal(1, ended.Code);
        Assert.Contains("address already in use", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors + ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_is_no_JSON_is_told()
    {
        using var folder = new ServerFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), "{ nonsense");
        var ended = await folder.RunAsync(["--urls", "http://127.0.0.1:0"]);
        Assert.Equal(1, ended.Code);
        Assert.Contains("appsettings.json", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_under_another_secret_is_told()
    {
        using var folder = new ServerFolder();
        Assert.Equal(0, (await folder.RunAsync(["keys", "rotate"])).Code);
        folder.Environment["Cancela__Signing__Secret"] = Cancela.Secrets.RootSecret.Generate();
        // A key that only this secret opens would stop every node that has the right one.
        Assert.Equal(1, (await folder.RunAsync(["keys", "rotate"])).Code);
        Assert.Equal(1, await folder.Sql.CountAsync("cancela_keys"));
        var ended = await folder.RunAsync(["--urls", "http://127.0.0.1:0"]);
        Assert.Equal(1, ended.Code);
        Assert.Contains("data/signing-secret", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("encrypted under another Cancela:Signing:Secret", ended.Errors, StringComparison.Ordinal);
    }
}
