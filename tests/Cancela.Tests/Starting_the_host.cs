using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace Cancela.Tests;

/// <summary>What stops a start, and what it says.</summary>
public class Starting_the_host
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Without_a_secret_outside_Development_it_does_not_start(string environment)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(
            () => CancelaHost.StartAsync(environment: environment, settings: new() { ["Signing:Secret"] = null }));

        Assert.StartsWith("Cancela:Signing:Secret is not set", Assert.Single(fault.Failures));
    }

    [Fact]
    public async Task In_Development_it_starts_with_nothing_set_and_again_with_the_same_keys()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-start-").FullName;
        string token;
        await using (var first = await CancelaHost.StartAsync(environment: "Development", settings: new() { ["Signing:Secret"] = null }, folder: folder))
        {
            using var client = first.Client();
            await client.RegisterAsync(Person.Ada);
            token = (await client.TokenAsync(Person.Ada)).Text("access_token")!;
        }
        await using (var second = await CancelaHost.StartAsync(environment: "Development", settings: new() { ["Signing:Secret"] = null }, folder: folder))
        {
            using var client = second.Client();
            client.Bearer = token;
            (await client.GetAsync("/auth/me")).Expect(200);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Without_a_database_it_does_not_start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Cancela:Signing:Secret", (string?)TestSecret.Value)]);
        builder.Services.AddCancela();
        await using var app = builder.Build();

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains("UseSqlite", Assert.Single(fault.Failures));
    }

    [Fact]
    public async Task Keys_under_another_secret_stop_it()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-start-").FullName;
        await using (await CancelaHost.StartAsync(folder: folder))
        {
        }

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => CancelaHost.StartAsync(folder: folder, settings: new() { ["Signing:Secret"] = Cancela.Secrets.RootSecret.Generate() }));

        Assert.Contains("another Cancela:Signing:Secret", fault.Message);
        Directory.Delete(folder, recursive: true);
    }
}
