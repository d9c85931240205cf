using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cancela.Server.Lab;

/// <summary>Somebody with an account on a server under test, and the bytes of the requests that they make.</summary>
/// <param name="Number">Which of several.</param>
/// <param name="ByCookie">Whether the credential is carried by a cookie, or by the bearer header.</param>
internal sealed record LabAccount(int Number, bool ByCookie)
{
    private const string Password = "seven blue herons at dawn";
    private const string SetCookie = "\r\nSet-Cookie: ";

    public string Email => string.Create(CultureInfo.InvariantCulture, $"visitor-{Number}@{LabServer.Domain}");

    public byte[] Register => Post("/register", $$"""{"email":"{{Email}}","password":"{{Password}}"}""", "application/json");

    public byte[] SignIn => ByCookie
        ? Post("/auth/login", $$"""{"email":"{{Email}}","password":"{{Password}}"}""", "application/json")
        : Post("/auth/token", $"username={Uri.EscapeDataString(Email)}&password={Uri.EscapeDataString(Password)}", "application/x-www-form-urlencoded");

    /// <summary>So many sessions without a password.</summary>
    public byte[] Issue(int count) => Get(string.Create(
        CultureInfo.InvariantCulture, $"{LabEndpoints.Credentials}?email={Email}&count={count}&cookie={(ByCookie ? "true" : "false")}"));

    /// <summary>The header line that shows what a sign-in was answered with.</summary>
    public string CredentialIn(LabAnswer answer) => ByCookie ? $"Cookie: {CookieIn(answer)}" : $"Authorization: Bearer {BearerIn(answer)}";

    /// <summary>How many seconds the token of a sign-in lives when nobody calls it back: from its <c>iat</c> to its <c>exp</c>.</summary>
    public double LifeIn(LabAnswer answer)
    {
        var token = ByCookie ? CookieIn(answer).Split('=', 2)[1] : BearerIn(answer);
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
        return claims.RootElement.GetProperty("exp").GetInt64() - claims.RootElement.GetProperty("iat").GetInt64();
    }

    /// <summary>The refresh token that came with it, or null.</summary>
    public static string? RefreshTokenIn(LabAnswer answer) => Member(answer, "refresh_token")?.GetString();

    public static byte[] Refresh(string token) => Request("POST", "/auth/refresh", $"Authorization: Bearer {token}\r\nContent-Length: 0\r\n");

    public static byte[] SignOut(string credential) => Request("POST", "/auth/logout", $"{credential}\r\nContent-Length: 0\r\n");

    public static byte[] Get(string path, string? credential = null) => Request("GET", path, credential is null ? "" : credential + "\r\n");

    private static byte[] Post(string path, string body, string type) =>
        Request("POST", path, string.Create(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n"), body);

    private static byte[] Request(string method, string path, string headers, string body = "") =>
        Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n{body}");

    private static string BearerIn(LabAnswer answer) => Member(answer, "access_token")!.Value.GetString()!;

    private static string CookieIn(LabAnswer answer) => answer.Head.Split(SetCookie) is [_, var line] ? line.Split(';')[0] : throw new LabFailedException("A sign-in sets no cookie.");

    private static JsonElement? Member(LabAnswer answer, string name)
    {
        using var body = JsonDocument.Parse(answer.Body);
        return body.RootElement.TryGetProperty(name, out var member) ? member.Clone() : null;
    }
}
