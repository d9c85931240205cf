using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Cancela.Bench;

/// <summary>Somebody with an account, who signs in as often as is asked.</summary>
internal sealed class BenchClient(Uri address) : IDisposable
{
    public const string Email = "ada@example.com";

    public const string Password = "correto cavalo bateria grampo";
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };

    public async Task RegisterAsync(string email = Email)
    {
        using var response = await _http.PostAsJsonAsync("/register", new { email, password = Password });
        response.EnsureSuccessStatusCode();
    }

    /// <returns>The header line that shows the cookie.</returns>
    public async Task<string> LoginAsync(string email = Email)
    {
        using var response = await _http.PostAsJsonAsync("/auth/login", new { email, password = Password });
        response.EnsureSuccessStatusCode();
        return "Cookie: " + response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <returns>The header line that shows the access token, and the refresh token where there is one.</returns>
    public async Task<(string Access, string? Refresh)> TokenAsync()
    {
        using var form = new FormUrlEncodedContent([new("username", Email), new("password", Password)]);
        using var response = await _http.PostAsync("/auth/token", form);
        return await ReadAsync(response);
    }

    public async Task<(string Access, string? Refresh)> RefreshAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/refresh");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        return await ReadAsync(response);
    }

    /// <summary>Ends the session of the credential that the header line shows.</summary>
    public async Task LogoutAsync(string credential)
    {
        var (name, value) = credential.Split(": ", 2) is [var header, var text] ? (header, text) : throw new ArgumentException(credential);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/logout");
        request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Statements that the server ran since its start.</summary>
    public async Task<long> StatementsAsync() => long.Parse(await _http.GetStringAsync(LoopbackServer.Statements));

    public void Dispose() => _http.Dispose();

    private static async Task<(string Access, string? Refresh)> ReadAsync(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        var refresh = body.TryGetProperty("refresh_token", out var token) ? token.GetString() : null;
        return ($"Authorization: Bearer {body.GetProperty("access_token").GetString()}", refresh);
    }
}
