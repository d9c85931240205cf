using Cancela.Strategies;
using Microsoft.AspNetCore.Builder;

namespace Cancela.Tests.Strategies;

/// <summary>What a strategy costs, counted on a running host: statements sent to the database, and bytes that the client carries.</summary>
internal static class MeasuredCosts
{
    /// <summary>By the words of the strategy's page.</summary>
    public static async Task<Dictionary<string, string>> OfAsync(string strategy)
    {
        await using var host = await CancelaHost.StartAsync(strategy, configure: app => app.MapGet("/own", () => "ok").RequireAuthorization());
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var costs = new Dictionary<string, string>();

        var byCookie = strategy is StrategyNames.Session or StrategyNames.JwtCookie;
        Reply? tokens = null;
        costs["sign-in"] = await CountAsync(async () =>
        {
            if (byCookie) await client.LoginAsync(Person.Ada);
            else tokens = await client.TokenAsync(Person.Ada);
        });
        costs["first request on a node"] = await CountAsync(RequestAsync);
        costs["each further request"] = await CountAsync(RequestAsync);
        var credential = byCookie ? client.Cookies.Values.Single() : client.Bearer!;
        costs["credential, bytes"] = $"{credential.Length}";

        if (tokens?.Json.TryGetProperty("refresh_token", out var refresh) == true)
        {
            costs["refresh token, bytes"] = $"{refresh.GetString()!.Length}";
            costs["refresh"] = await CountAsync(async () =>
            {
                client.Bearer = refresh.GetString();
                client.Bearer = (await client.PostAsync("/auth/refresh")).Expect(200).Text("access_token");
            });
        }
        costs["logout"] = await CountAsync(async () => (await client.PostAsync("/auth/logout")).Expect(204));
        costs["refused request after it"] = await CountAsync(async () => (await client.GetAsync("/own")).Expect(401));
        return costs;

        async Task RequestAsync() => (await client.GetAsync("/own")).Expect(200);

        // Nothing else writes or reads meanwhile: the clock stands still, so nothing polls.
        async Task<string> CountAsync(Func<Task> work)
        {
            var before = host.Database.Statements;
            await work();
            return $"{host.Database.Statements - before}";
        }
    }
}
