using Cancela.Credentials.Passwords;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.SignIn;

public sealed class Overload_of_sign_ins
{
    [Fact]
    public async Task Who_cannot_be_hashed_is_sent_away_before_the_database_is_asked_and_costs_nobody_an_attempt()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Password:MaxConcurrentHashes"] = "1", ["Password:MaxQueuedHashes"] = "0" });
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        using var release = new ManualResetEventSlim();
        var held = host.Services.GetRequiredService<PasswordHasher>().Gate.TryRun(_ =>
        {
            release.Wait();
            return "";
        }, TestContext.Current.CancellationToken)!;
        try
        {
            var before = host.Database.Statements;
            var known = await client.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password });
            var unknown = await client.PostAsync("/auth/login", new { email = Person.Bia, password = "wrong" });
            var wrong = await client.FormAsync("/auth/token", ("username", Person.Ada), ("password", "wrong"));
            foreach (var reply in new[] { known, unknown, wrong }) Assert.Equal("2", reply.Expect(503, "overloaded").Header("Retry-After"));
            Assert.Equal(before, host.Database.Statements);
        }
        finally
        {
            release.Set();
        }
        await held;

        Assert.Equal(0, await host.Sql.NumberAsync("SELECT coalesce(sum(failures), 0) FROM cancela_failed_attempts"));
        await client.LoginAsync(Person.Ada);
    }
}
