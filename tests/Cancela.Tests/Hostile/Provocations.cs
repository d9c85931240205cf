using System.Text;
using Cancela.Accounts;
using Cancela.Tests.SignIn;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>How each refusal is provoked, through HTTP and by real means. Those that need a host of their own are in the other half.</summary>
internal static partial class Provocations
{
    private static int _people;

    public static IReadOnlyDictionary<string, Func<CancelaHost, TestClient, Task<Provoked>>> All { get; } =
        new Dictionary<string, Func<CancelaHost, TestClient, Task<Provoked>>>(StringComparer.Ordinal)
        {
            ["not_authenticated"] = async (_, client) => new(await client.GetAsync("/auth/me")),
            ["invalid_credentials"] = async (_, client) => new(await TokenAsync(client, NewEmail(), "outra senha qualquer"), AtOAuthEndpoint: true),
            ["token_expired"] = (host, client) => RewrittenAsync(host, client, claims => claims["exp"] = (long)claims["iat"]!),
            ["token_malformed"] = (_, client) => ShownAsync(client, "a.b.c"),
            ["token_wrong_type"] = async (_, client) => await ShownAsync(client, (await SignedInAsync(client)).Text("refresh_token")!),
            ["token_no_subject"] = (host, client) => RewrittenAsync(host, client, static claims => claims.Remove("sub")),
            ["user_not_found"] = UserNotFoundAsync,
            ["session_invalid"] = async (_, client) =>
            {
                client.Cookies["__Host-session_id"] = new string('A', 43);
                return new(await client.GetAsync("/auth/me"));
            },
            ["token_revoked"] = async (_, client) =>
            {
                await SignedInAsync(client);
                (await client.PostAsync("/auth/logout")).Expect(204);
                return await ShownAsync(client, client.Bearer!);
            },
            ["token_superseded"] = async (_, client) =>
            {
                await SignedInAsync(client);
                (await client.PostAsync("/auth/password/change", new { current_password = Person.Password, new_password = "nova senha bem comprida" })).Expect(204);
                return await ShownAsync(client, client.Bearer!);
            },
            ["refresh_reused"] = RefreshReusedAsync,
            ["second_factor_required"] = async (host, client) =>
            {
                var ada = await Enrolled.AtAsync(host, NewEmail());
                return new(await TokenAsync(client, ada.Email, Person.Password), AtOAuthEndpoint: true);
            },
            ["second_factor_invalid"] = async (host, client) =>
            {
                var ada = await Enrolled.AtAsync(host, NewEmail());
                return new(await client.PostAsync("/auth/login/second-factor", new { challenge = await ada.ChallengeAsync(client), code = "12345x" }));
            },
            ["challenge_invalid"] = async (_, client) => new(await client.PostAsync("/auth/login/second-factor", new { challenge = "x", code = "123456" })),
            ["insufficient_user_authentication"] = async (host, client) =>
            {
                await SignedInAsync(client);
                await host.AdvanceAsync(TimeSpan.FromMinutes(6));
                return new(await client.PostAsync("/auth/totp"), ByBearer: true);
            },
            ["forbidden"] = async (_, client) =>
            {
                var stranger = (await client.RegisterAsync(NewEmail())).Id();
                await SignedInAsync(client);
                return new(await client.GetAsync($"/users/{stranger}"), ByBearer: true);
            },
            ["insufficient_scope"] = async (host, client) =>
            {
                var email = NewEmail();
                await host.ChangeAsync((await client.RegisterAsync(email)).Id(), new AccountChange { Role = "ADMIN" });
                var narrow = await client.FormAsync("/auth/token", ("username", email), ("password", Person.Password), ("scope", "account"));
                client.Bearer = narrow.Expect(200).Text("access_token");
                return new(await client.GetAsync("/users"), ByBearer: true);
            },
            ["account_closed"] = async (host, client) =>
            {
                var email = NewEmail();
                await host.ChangeAsync((await client.RegisterAsync(email)).Id(), new AccountChange { Status = AccountStatus.Closed });
                return new(await TokenAsync(client, email, Person.Password), AtOAuthEndpoint: true);
            },
            ["cross_site_request"] = async (_, client) =>
            {
                client.Headers["Sec-Fetch-Site"] = "cross-site";
                return new(await client.PostAsync("/auth/login", new { email = NewEmail(), password = Person.Password }));
            },
            ["not_found"] = async (_, client) =>
            {
                await SignedInAsync(client);
                return new(await client.DeleteAsync($"/auth/sessions/{Guid.CreateVersion7()}"), ByBearer: true);
            },
            ["email_taken"] = async (_, client) =>
            {
                var email = NewEmail();
                await client.RegisterAsync(email);
                return new(await client.PostAsync("/register", new { email, password = Person.Password }));
            },
            ["conflict"] = LastAdministratorAsync,
            ["malformed_request"] = async (_, client) => new(await RawAsync(client, "/auth/login", "{", "application/json")),
            ["unsupported_grant_type"] = async (_, client) =>
                new(await client.FormAsync("/auth/token", ("grant_type", "client_credentials")), AtOAuthEndpoint: true),
            ["invalid_scope"] = async (_, client) =>
            {
                var email = NewEmail();
                await client.RegisterAsync(email);
                return new(
                    await client.FormAsync("/auth/token", ("username", email), ("password", Person.Password), ("scope", "admin")), AtOAuthEndpoint: true);
            },
            ["invalid_client"] = async (_, client) => new(await client.FormAsync("/auth/introspect", ("token", "x")), AtOAuthEndpoint: true),
            ["validation_failed"] = async (_, client) => new(await client.PostAsync("/register", new { email = "ada", password = "1" })),
            ["method_not_allowed"] = async (_, client) => new(await client.GetAsync("/auth/login")),
            ["too_large"] = async (_, client) => new(await client.PostAsync("/auth/login", new { email = NewEmail(), password = new string('x', 70_000) })),
            ["unsupported_media_type"] = async (_, client) => new(await RawAsync(client, "/auth/login", "{}", "text/plain")),
            ["rate_limited"] = RateLimitedAsync,
            ["internal_error"] = InternalErrorAsync,
            ["revocation_unknown"] = RevocationUnknownAsync,
            ["overloaded"] = OverloadedAsync,
            ["store_unavailable"] = StoreUnavailableAsync,
        };

    public static string NewEmail() => $"pessoa{Interlocked.Increment(ref _people)}@example.com";

    public static Task<Reply> RawAsync(TestClient client, string path, string body, string type) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) });

    private static Task<Reply> TokenAsync(TestClient client, string email, string password) =>
        client.FormAsync("/auth/token", ("username", email), ("password", password));

    private static async Task<Reply> SignedInAsync(TestClient client)
    {
        var email = NewEmail();
        await client.RegisterAsync(email);
        return await client.TokenAsync(email);
    }

    private static async Task<Provoked> ShownAsync(TestClient client, string token)
    {
        client.Bearer = token;
        return new(await client.GetAsync("/auth/me"), ByBearer: true);
    }

    private static async Task<Provoked> RewrittenAsync(CancelaHost host, TestClient client, Action<System.Text.Json.Nodes.JsonObject> change) =>
        await ShownAsync(client, host.Rewrite((await SignedInAsync(client)).Text("access_token")!, change));

    private static async Task<Provoked> UserNotFoundAsync(CancelaHost host, TestClient client)
    {
        var email = NewEmail();
        var id = (await client.RegisterAsync(email)).Id();
        var tokens = await client.TokenAsync(email);
        (await client.DeleteAsync($"/users/{id}")).Expect(204);
        client.Bearer = tokens.Text("refresh_token");
        return new(await client.PostAsync("/auth/refresh"), ByBearer: true, AtOAuthEndpoint: true);
    }

    private static async Task<Provoked> RefreshReusedAsync(CancelaHost host, TestClient client)
    {
        var first = (await SignedInAsync(client)).Text("refresh_token");
        client.Bearer = first;
        client.Bearer = (await client.PostAsync("/auth/refresh")).Expect(200).Text("refresh_token");
        (await client.PostAsync("/auth/refresh")).Expect(200);
        client.Bearer = first;
        return new(await client.PostAsync("/auth/refresh"), ByBearer: true, AtOAuthEndpoint: true);
    }

    private static async Task<Provoked> LastAdministratorAsync(CancelaHost host, TestClient client)
    {
        await using var own = await CancelaHost.StartAsync();
        using var caller = own.Client();
        caller.Headers["Accept-Language"] = client.Headers["Accept-Language"];
        var email = NewEmail();
        var id = await own.AdministratorAsync(caller, email);
        await caller.TokenAsync(email);
        var reply = await caller.PutAsync($"/users/{id}", new { role = "USER" });
        Assert.Equal(1, await own.Sql.NumberAsync("SELECT count(*) FROM cancela_accounts WHERE role = 'ADMIN'"));
        return new(reply, ByBearer: true);
    }
}
