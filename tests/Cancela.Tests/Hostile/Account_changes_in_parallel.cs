using Cancela.Accounts;
using Cancela.Strategies;
using Cancela.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>What somebody may do changes while they sign in and renew: nothing that came before it outlives the acknowledgement.</summary>
[OnEachStore]
public sealed class Account_changes_in_parallel
{
    [Fact]
    public async Task A_password_change_leaves_no_session_to_who_signs_in_with_the_old_one()
    {
        await using var host = await StormHost.StartAsync(settings: ("Limits:FailuresPerAccount", "1000"));
        using var owner = host.Client();
        await owner.RegisterAsync(Person.Ada);
        await owner.LoginAsync(Person.Ada);
        var (old, next) = (Person.Password, "senha nova do turno 0");
        for (var round = 1; round <= 5; round++)
        {
            var password = old;
            var thieves = Storm.OfAsync(8, async _ =>
            {
                var thief = host.Client();
                await thief.PostAsync("/auth/login", new { email = Person.Ada, password });
                return thief;
            });
            (await owner.PostAsync("/auth/password/change", new { current_password = old, new_password = next })).Expect(204);
            foreach (var thief in await thieves)
            {
                if (thief.Cookies.Count > 0) (await thief.GetAsync("/auth/me")).Expect(401);
                thief.Dispose();
            }
            (await owner.GetAsync("/auth/me")).Expect(200);
            (await host.TryAsync(Person.Ada, old)).Expect(401, "invalid_credentials");
            (old, next) = (next, $"senha nova do turno {round}");
        }
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("refresh-rotation")]
    public async Task A_demotion_leaves_no_administrator_s_token_to_who_signs_in_meanwhile(string profile)
    {
        await using var host = await StormHost.StartAsync(profile);
        using var client = host.Client();
        await host.AdministratorAsync(client, Person.Bia);
        var ada = (await client.RegisterAsync(Person.Ada)).Id();
        for (var round = 0; round < 4; round++)
        {
            await host.ChangeAsync(ada, new AccountChange { Role = Roles.Administrator });
            var logins = Storm.OfAsync(8, async _ =>
            {
                var own = host.Client();
                var reply = await own.FormAsync("/auth/token", ("username", Person.Ada), ("password", Person.Password));
                if ((int)reply.Status == 200) own.Bearer = reply.Text("access_token");
                return own;
            });
            await host.ChangeAsync(ada, new AccountChange { Role = Roles.User });
            foreach (var own in await logins)
            {
                Assert.Contains((int)(await own.GetAsync("/users")).Status, new[] { 401, 403 });
                own.Dispose();
            }
        }
    }

    [Fact]
    public async Task A_closed_account_renews_nothing()
    {
        await using var host = await StormHost.StartAsync();
        for (var round = 0; round < 5; round++)
            await CheckEndAsync(host, round, (id, _) => host.ChangeAsync(id, new AccountChange { Status = AccountStatus.Closed }));
    }

    [Fact]
    public async Task A_deleted_account_renews_nothing()
    {
        await using var host = await StormHost.StartAsync();
        for (var round = 0; round < 5; round++)
            await CheckEndAsync(host, round, async (id, client) => (await client.DeleteAsync($"/users/{id}")).Expect(204));
        Assert.Equal(0, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_accounts"));
    }

    [Fact]
    public async Task Administrators_who_demote_each_other_leave_one()
    {
        await using var host = await StormHost.StartAsync();
        string[] emails = [Person.Ada, Person.Bia, "caio@example.com"];
        var people = new List<(Guid Id, TestClient Client)>();
        foreach (var email in emails)
        {
            var client = host.Client();
            people.Add((await host.AdministratorAsync(client, email), client));
        }
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < emails.Length; i++)
            {
                await host.ChangeAsync(people[i].Id, new AccountChange { Role = Roles.Administrator });
                await people[i].Client.TokenAsync(emails[i]);
            }
            var replies = await Storm.OfAsync(9, number => people[number / 3].Client.PutAsync($"/users/{people[number % 3].Id}", new { role = "USER" }));
            Assert.All(replies, static reply => Assert.Contains((int)reply.Status, new[] { 200, 401, 403, 409 }));
            Assert.InRange(await host.Sql.NumberAsync("SELECT count(*) FROM cancela_accounts WHERE role = 'ADMIN' AND status = 'active'"), 1, 2);
        }
        people.ForEach(static person => person.Client.Dispose());
    }

    private static async Task CheckEndAsync(CancelaHost host, int round, Func<Guid, TestClient, Task> end)
    {
        using var client = host.Client();
        var email = $"ada{round}@example.com";
        var id = (await client.RegisterAsync(email)).Id();
        var refresh = (await client.TokenAsync(email)).Text("refresh_token")!;
        var renewals = Storm.OfAsync(20, _ => host.RefreshAsync(refresh));
        await end(id, client);
        foreach (var reply in (await renewals).Where(static reply => (int)reply.Status == 200).Take(5))
        {
            (await host.MeAsync(reply.Text("access_token")!)).Expect(401);
            (await host.RefreshAsync(reply.Text("refresh_token")!)).Expect(401);
        }
        Assert.Empty(await host.Services.GetRequiredService<SessionDirectory>().ListAsync(id, CancellationToken.None));
    }
}
