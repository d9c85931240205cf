using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Cancela.Tests;

/// <summary>An answer, read whole.</summary>
internal sealed record Reply(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> SetCookies)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The <c>code</c> of the problem.</summary>
    public string? Code => Headers.GetValueOrDefault("Content-Type")?.StartsWith("application/problem+json", StringComparison.Ordinal) == true ? Text("code") : null;

    public string? Text(string member) => Json.GetProperty(member).GetString();

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Fails, showing the body, unless the status is this one.</summary>
    public Reply Expect(int status)
    {
        Assert.True((int)Status == status, $"Expected {status}, got {(int)Status}: {Body}");
        return this;
    }

    /// <summary>Fails unless it is this problem.</summary>
    public Reply Expect(int status, string code)
    {
        Expect(status);
        Assert.Equal(code, Code);
        return this;
    }

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines.ToArray() : [];
        return new Reply(response.StatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()), headers, cookies);
    }
}
