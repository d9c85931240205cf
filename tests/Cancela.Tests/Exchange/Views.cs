using System.Text.Json;

namespace Cancela.Tests.Exchange;

/// <summary>What somebody sees of their sign-in, and what an operator does.</summary>
internal static class Views
{
    public const string Cookie = "__Host-session_id";

    /// <summary>A client that shows this cookie, and nothing else.</summary>
    public static TestClient Holding(this CancelaHost host, string cookie, string name = Cookie)
    {
        var client = host.Client();
        client.Cookies[name] = cookie;
        return client;
    }

    public static async Task<Reply> ShowAsync(this CancelaHost host, string cookie, string path = "/auth/me")
    {
        using var client = host.Holding(cookie);
        return await client.GetAsync(path);
    }

    public static async Task<Reply> ShowTokenAsync(this CancelaHost host, string token, string path = "/auth/sessions")
    {
        using var client = host.Client();
        client.Bearer = token;
        return await client.GetAsync(path);
    }

    public static async Task<Reply> LogOutAsync(this CancelaHost host, string? cookie = null, string? token = null)
    {
        using var client = host.Client();
        if (cookie is not null) client.Cookies[Cookie] = cookie;
        client.Bearer = token;
        return (await client.PostAsync("/auth/logout")).Expect(204);
    }

    public static JsonElement Session(this Reply me) => me.Expect(200).Json.GetProperty("session");

    public static string Sid(this Reply me) => me.Session().GetProperty("id").GetString()!;

    public static string Strategy(this Reply me) => me.Session().GetProperty("strategy").GetString()!;

    /// <summary>The value that the answer puts into the cookie, or <see langword="null"/>.</summary>
    public static string? NewCookie(this Reply reply, string name = Cookie) =>
        reply.SetCookies.Where(line => line.StartsWith(name + "=", StringComparison.Ordinal)).Select(line => line.Split(';')[0][(name.Length + 1)..]).SingleOrDefault();

    public static Task<int> ExchangesAsync(this CancelaHost host) =>
        host.Sql.NumberAsync("SELECT count(*) FROM cancela_audit WHERE event = 'credential_exchanged' AND outcome = 'success'");
}
