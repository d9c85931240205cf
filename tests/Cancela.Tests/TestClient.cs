using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Cancela.Tests;

/// <summary>A client of the contract. It keeps cookies by hand, so that tests see and forge every attribute.</summary>
internal sealed class TestClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

    /// <summary>Name and value of each cookie that was set and not cleared.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Sent as <c>Authorization: Bearer</c>.</summary>
    public string? Bearer { get; set; }

    /// <summary>Sent with every request.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Task<Reply> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Reply> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, path));

    public Task<Reply> PostAsync(string path, object? body = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) });

    public Task<Reply> PutAsync(string path, object body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body, body.GetType()) });

    public Task<Reply> FormAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        if (Bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Bearer);
        if (Cookies.Count > 0) request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request);
        var reply = await Reply.ReadAsync(response);
        Keep(reply);
        return reply;
    }

    // --- The flows that nearly every test begins with ---

    /// <summary>Registers. The password is good; the e-mail is its owner's.</summary>
    public async Task<JsonElement> RegisterAsync(string email, string password = Person.Password, string? name = null)
    {
        var reply = await PostAsync("/register", new { email, password, name });
        return reply.Expect(201).Json.GetProperty("user");
    }

    public async Task<Reply> LoginAsync(string email, string password = Person.Password) => (await PostAsync("/auth/login", new { email, password })).Expect(200);

    /// <summary>Signs in for tokens and shows the access token from then on.</summary>
    public async Task<Reply> TokenAsync(string email, string password = Person.Password)
    {
        var reply = (await FormAsync("/auth/token", ("username", email), ("password", password))).Expect(200);
        Bearer = reply.Text("access_token");
        return reply;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(Reply reply)
    {
        foreach (var line in reply.SetCookies)
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0) Cookies.Remove(pair[0]);
            else Cookies[pair[0]] = pair[1];
        }
    }
}
