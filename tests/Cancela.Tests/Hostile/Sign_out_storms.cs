using Cancela.Endpoints;
using Cancela.Gate;
using Cancela.Strategies;
using Cancela.Tests.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Sign-out while everything that it ends is in full use: what begins after the acknowledgement is refused.</summary>
[OnEachStore]
public sealed class Sign_out_storms
{
    [Theory]
    [InlineData("session")]
    [InlineData("jwt-cookie")]
    public async Task No_cookie_is_accepted_after_the_acknowledgement(string profile)
    {
        await using var host = await StormHost.StartAsync(profile);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        for (var round = 0; round < 5; round++)
        {
            await client.LoginAsync(Person.Ada);
            var cookies = client.Cookies.ToArray();
            await CheckAsync(
                async () =>
                {
                    using var other = host.Client();
                    foreach (var (name, value) in cookies) other.Cookies[name] = value;
                    return [await other.GetAsync("/auth/me")];
                },
                async () => (await client.PostAsync("/auth/logout")).Expect(204));
        }
    }

    [Theory]
    [InlineData("refresh-denylist")]
    [InlineData("refresh-rotation")]
    public async Task No_token_and_no_successor_is_accepted_after_the_acknowledgement(string profile)
    {
        await using var host = await StormHost.StartAsync(profile);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        for (var round = 0; round < 5; round++)
        {
            var tokens = await client.TokenAsync(Person.Ada);
            await CheckAsync(
                async () => [await host.RefreshAsync(tokens.Text("refresh_token")!), await host.MeAsync(tokens.Text("access_token")!)],
                async () => (await client.PostAsync("/auth/logout")).Expect(204),
                async replies =>
                {
                    foreach (var successor in replies.Where(static reply => (int)reply.Status == 200 && reply.Body.Contains("access_token", StringComparison.Ordinal)).Take(5))
                        (await host.MeAsync(successor.Text("access_token")!)).Expect(401, "token_revoked");
                });
        }
    }

    [Fact]
    public async Task A_session_that_was_ended_meanwhile_is_not_brought_back_by_its_exchange_for_a_new_one()
    {
        await using var host = await CancelaHost.StartAsync();
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        using var scope = host.Services.CreateScope();
        var recognized = await host.Services.GetRequiredService<Slots>().Browser.RecognizeAsync(client.Cookies.Values.Single(), CancellationToken.None);
        var caller = Assert.IsType<Recognition.Recognized>(recognized).Caller;
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Features.Set(new Principals().Of(caller, byCookie: true));

        (await client.PostAsync("/auth/logout")).Expect(204);
        await host.Services.GetRequiredService<CookieRenewal>().RenewAsync(context, CancellationToken.None);

        Assert.Equal(0, await host.Sql.NumberAsync("SELECT count(*) FROM cancela_sessions"));
        Assert.Contains("max-age=0", Assert.Single(context.Response.Headers.SetCookie)!, StringComparison.OrdinalIgnoreCase);
    }

    // Each worker notes, before it asks, whether the sign-out had been acknowledged; and goes on until it asked thrice after it.
    private static async Task CheckAsync(Func<Task<Reply[]>> use, Func<Task> signOut, Func<IReadOnlyList<Reply>, Task>? then = null)
    {
        using var acknowledged = new ManualResetEventSlim();
        var storm = Storm.OfAsync(12, async _ =>
        {
            var before = new List<Reply>();
            for (var after = 0; after < 3;)
            {
                var late = acknowledged.IsSet;
                var replies = await use();
                if (!late) before.AddRange(replies);
                else Assert.All(replies, static reply => reply.Expect(401));
                if (late) after++;
            }
            return before;
        });
        await signOut();
        acknowledged.Set();
        var accepted = (await storm).SelectMany(static replies => replies).ToList();
        if (then is not null) await then(accepted);
    }
}
