using Cancela.SignIn;
using Cancela.Sql;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Fifty passwords at once: every wrong one is counted, no right one is.</summary>
public sealed class Parallel_sign_ins
{
    private const string Wrong = "esta senha nunca serviu";

    [Fact]
    public async Task Of_fifty_wrong_passwords_exactly_twenty_are_checked_and_the_lockout_holds_and_ends()
    {
        await using var host = await StormHost.StartAsync();
        await RegisterAsync(host, Person.Ada);
        var replies = await PassAsync(host, Storm.OfAsync(50, number => host.TryAsync(Spelling(number), Wrong)));

        Assert.Equal((20, 30), (replies.Count(401), replies.Count(429)));
        Assert.All(replies.Where(static reply => (int)reply.Status == 429), static reply => Assert.InRange(int.Parse(reply.Header("Retry-After")!), 1, 900));
        Assert.Equal(20, await FailuresAsync(host));

        (await host.TryAsync(Person.Ada)).Expect(429, "rate_limited");
        await host.AdvanceAsync(TimeSpan.FromMinutes(14));
        (await host.TryAsync(Person.Ada)).Expect(429, "rate_limited");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await host.TryAsync(Person.Ada)).Expect(200);
        Assert.Equal(0, await FailuresAsync(host));
    }

    [Fact]
    public async Task An_unknown_address_is_locked_like_a_known_one()
    {
        await using var host = await StormHost.StartAsync(settings: ("Limits:FailuresPerAccount", "3"));
        var replies = await PassAsync(host, Storm.OfAsync(50, number => host.TryAsync(Spelling(number), Wrong)));
        Assert.Equal((6, 44), (replies.Count(401), replies.Count(429)));
    }

    [Fact]
    public async Task Fifty_right_passwords_all_succeed_and_none_is_counted()
    {
        await using var host = await StormHost.StartAsync();
        await RegisterAsync(host, Person.Ada);
        var replies = await PassAsync(host, Storm.OfAsync(50, _ => host.TryAsync(Person.Ada)));
        Assert.Equal(50, replies.Count(200));
        Assert.Equal(0, await FailuresAsync(host));
        Assert.Equal(50, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_sessions"));
    }

    [Fact]
    public async Task Among_right_passwords_every_wrong_one_is_audited_and_the_lockout_stays_exact()
    {
        await using var host = await StormHost.StartAsync();
        await RegisterAsync(host, Person.Ada);
        var replies = await PassAsync(host, Storm.OfAsync(40, number => host.TryAsync(Person.Ada, number % 4 == 0 ? Wrong : Person.Password)));
        Assert.Equal((30, 10), (replies.Count(200), replies.Count(401)));
        Assert.Equal(10, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'sign_in' AND outcome = 'invalid_credentials'"));

        var counted = await FailuresAsync(host);
        Assert.InRange(counted, 0, 10);
        var rest = await PassAsync(host, Storm.OfAsync(40, _ => host.TryAsync(Person.Ada, Wrong)));
        Assert.Equal(20 - counted, rest.Count(401));
    }

    [Fact]
    public async Task A_wrong_password_that_is_weighed_while_a_right_one_succeeds_is_still_counted()
    {
        await using var host = await StormHost.StartAsync();
        var attempts = host.Services.GetRequiredService<FailedAttempts>();
        var wrong = Assert.IsType<Attempt.Taken>(await attempts.TakeAsync("somebody", CancellationToken.None));
        var right = Assert.IsType<Attempt.Taken>(await attempts.TakeAsync("somebody", CancellationToken.None));
        await InTransactionAsync(transaction => FailedAttempts.Forget(transaction, right));
        Assert.Equal(0, await FailuresAsync(host));
        await InTransactionAsync(transaction => FailedAttempts.Confirm(transaction, wrong));
        Assert.Equal(1, await FailuresAsync(host));

        Task<bool> InTransactionAsync(Action<Transaction> work) => host.Database.TransactAsync(transaction =>
        {
            work(transaction);
            return Task.FromResult(true);
        }, CancellationToken.None);
    }

    [Fact]
    public async Task Who_hangs_up_before_the_verdict_is_counted()
    {
        await using var host = await StormHost.StartAsync(settings: ("Password:MaxConcurrentHashes", "1"));
        await RegisterAsync(host, Person.Ada);
        await Storm.OfAsync(8, async _ =>
        {
            using var raw = await RawConnection.OpenAsync(host.Address);
            await raw.SendAsync(RawConnection.Post("/auth/login", $$"""{"email":"{{Person.Ada}}","password":"{{Wrong}}"}"""));
            return true;
        });
        // All eight connections are closed. Whatever was counted by then stays; the next wrong ones only add to it.
        var checkedAfter = (await PassAsync(host, Storm.OfAsync(40, _ => host.TryAsync(Person.Ada, Wrong)))).Count(401);
        Assert.Equal(20, await FailuresAsync(host));
        Assert.InRange(checkedAfter, 12, 20);
    }

    [Fact]
    public async Task The_limit_on_sessions_holds_and_the_newest_sign_ins_survive()
    {
        await using var host = await StormHost.StartAsync(settings: ("Session:MaxPerAccount", "3"));
        await RegisterAsync(host, Person.Ada);
        for (var round = 0; round < 3; round++)
        {
            var replies = await PassAsync(host, Storm.OfAsync(30, _ => host.TryAsync(Person.Ada)));
            Assert.Equal(30, replies.Count(200));
            Assert.Equal(3, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_sessions"));
            using var last = host.Client();
            await last.LoginAsync(Person.Ada);
            (await last.GetAsync("/auth/me")).Expect(200);
            Assert.Equal(3, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_sessions"));
        }
    }

    private static Task<T> PassAsync<T>(CancelaHost host, Task<T> storm) => host.Clock.PassWhileAsync(storm, StormHost.Reach);

    private static Task<int> FailuresAsync(CancelaHost host) => host.Sql.NumberAsync("SELECT failures FROM cancela_failed_attempts");

    private static string Spelling(int number) => (number % 3) switch { 0 => Person.Ada, 1 => "ADA@Example.COM", _ => "  Ada@example.com " };

    private static async Task RegisterAsync(CancelaHost host, string email)
    {
        using var client = host.Client();
        await client.RegisterAsync(email);
    }
}
