using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Bodies that no client of ours sends: a clear problem, and nothing written.</summary>
public sealed class Malformed_bodies(HostileHost fixture) : IClassFixture<HostileHost>
{
    private static readonly string[] JsonPaths = ["/register", "/auth/login", "/auth/password/change"];

    public static TheoryData<string, string> Unreadable => new()
    {
        { "nothing", "" }, { "blank", "   " }, { "cut off", "{\"email\":\"a@example.com\"" }, { "null", "null" }, { "an array", "[]" },
        { "an array of bodies", "[{\"email\":\"a@example.com\",\"password\":\"x\"}]" }, { "a text", "\"x\"" }, { "a number", "1" }, { "true", "true" },
        { "a number for a text", "{\"email\":1,\"password\":2,\"current_password\":3}" },
        { "an object for a text", "{\"email\":{\"$ne\":null},\"password\":{\"$ne\":null},\"current_password\":{}}" },
        { "an array for a text", "{\"email\":[\"a@example.com\"],\"password\":[\"x\"],\"current_password\":[]}" },
        { "twice", "{\"email\":\"a@example.com\",\"email\":\"b@example.com\",\"password\":\"x\",\"current_password\":\"a\",\"current_password\":\"b\"}" },
        { "two documents", "{} {}" }, { "a comment", "{/* */}" }, { "a trailing comma", "{\"email\":\"a@example.com\",\"current_password\":\"x\",}" },
        { "a lone surrogate", "{\"email\":\"\\ud800@example.com\",\"password\":\"x\",\"current_password\":\"\\udfff\"}" },
        { "a raw line break", "{\"email\":\"a\nb\",\"current_password\":\"a\nb\"}" }, { "NaN", "{\"email\":NaN,\"current_password\":NaN}" },
        { "a hundred levels", "{\"x\":" + new string('[', 100) + new string(']', 100) + "}" },
        { "thirty thousand levels", new string('[', 30_000) },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Are_malformed_requests(string what, string body)
    {
        Assert.NotEmpty(what);
        await CheckAsync(Encoding.UTF8.GetBytes(body), "application/json");
    }

    [Fact]
    public async Task Invalid_UTF_8_is_malformed() =>
        await CheckAsync([.. "{\"email\":\""u8, 0xC3, 0x28, .. "\",\"current_password\":\""u8, 0xFF, .. "\"}"u8], "application/json");

    [Fact]
    public async Task Another_encoding_is_malformed() =>
        await CheckAsync(Encoding.Unicode.GetBytes("{\"email\":\"a@example.com\",\"password\":\"x\"}"), "application/json; charset=utf-16");

    [Fact]
    public async Task A_byte_order_mark_is_no_fault()
    {
        using var client = fixture.Host.Client();
        var body = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. "{\"email\":\"x\",\"password\":\"x\"}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        (await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/register") { Content = body })).Expect(422, "validation_failed");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/x-www-form-urlencoded; =")]
    [InlineData("application/x-www-form-urlencodedx; a=b")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Of_another_content_type_are_415(string? type)
    {
        using var client = await SignedInAsync();
        var rows = await fixture.Host.RowsAsync();
        foreach (var path in JsonPaths) Check(await SendAsync(client, path, "{}"u8.ToArray(), type), 415, "unsupported_media_type");
        foreach (var path in new[] { "/auth/token", "/auth/revoke", "/auth/introspect" })
        {
            if (type == "application/x-www-form-urlencoded") continue;
            Check(await SendAsync(client, path, "a=b"u8.ToArray(), type), 415, "unsupported_media_type");
        }
        Assert.Equal(rows, await fixture.Host.RowsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_more_than_64_KiB_are_413(bool chunked)
    {
        using var client = await SignedInAsync();
        client.Headers["Transfer-Encoding"] = chunked ? "chunked" : "identity";
        if (!chunked) client.Headers.Remove("Transfer-Encoding");
        var rows = await fixture.Host.RowsAsync();
        var json = Encoding.UTF8.GetBytes("{\"email\":\"" + new string('a', 70_000) + "\"}");
        foreach (var path in JsonPaths) Check(await SendAsync(client, path, json, "application/json", chunked), 413, "too_large");
        var form = Encoding.UTF8.GetBytes("token=" + new string('a', 70_000));
        foreach (var path in new[] { "/auth/token", "/auth/revoke", "/auth/introspect" })
            Check(await SendAsync(client, path, form, "application/x-www-form-urlencoded", chunked), 413, "too_large");
        Assert.Equal(rows, await fixture.Host.RowsAsync());
    }

    [Theory]
    [InlineData("username=a@example.com&username=b@example.com&password=x", 400, "malformed_request")]
    [InlineData("username=a@example.com&USERNAME=b@example.com&password=x", 400, "malformed_request")]
    [InlineData("grant_type=password&grant_type=refresh_token", 400, "malformed_request")]
    [InlineData("grant_type=client_credentials&username=a&password=b", 400, "unsupported_grant_type")]
    [InlineData("grant_type=PASSWORD&username=a&password=b", 400, "unsupported_grant_type")]
    [InlineData("grant_type=password%00&username=a&password=b", 400, "malformed_request")]
    [InlineData("grant_type=refresh_token&refresh_token=a.b.c", 400, "unsupported_grant_type")]
    [InlineData("username=&password=", 422, "validation_failed")]
    [InlineData("username[]=a&password[]=b", 422, "validation_failed")]
    [InlineData("{\"username\":\"a\"}", 422, "validation_failed")]
    [InlineData("%ZZ=%ZZ&username=%0d%0a&password=%ff%fe", 401, "invalid_credentials")]
    public async Task Forms_of_a_strange_kind_are_refused(string form, int status, string code)
    {
        using var client = fixture.Host.Client();
        Check(await SendAsync(client, "/auth/token", Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded"), status, code);
    }

    [Fact]
    public async Task A_form_of_two_thousand_fields_is_refused()
    {
        using var client = fixture.Host.Client();
        var form = string.Join('&', Enumerable.Range(0, 2_000).Select(static number => $"f{number}=x"));
        Check(await SendAsync(client, "/auth/token", Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded"), 400, "malformed_request");
    }

    private async Task CheckAsync(byte[] body, string type)
    {
        using var client = await SignedInAsync();
        var rows = await fixture.Host.RowsAsync();
        foreach (var path in JsonPaths) Check(await SendAsync(client, path, body, type), 400, "malformed_request");
        Assert.Equal(rows, await fixture.Host.RowsAsync());
    }

    private static void Check(Reply reply, int status, string code) => Harmless.Check(reply.Expect(status, code));

    private async Task<TestClient> SignedInAsync()
    {
        var client = fixture.Host.Client();
        var email = Provocations.NewEmail();
        await client.RegisterAsync(email);
        await client.TokenAsync(email);
        return client;
    }

    private static Task<Reply> SendAsync(TestClient client, string path, byte[] body, string? type, bool chunked = false)
    {
        HttpContent content = chunked ? new StreamContent(new Unmeasured(body)) : new ByteArrayContent(body);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
    }

    /// <summary>A stream whose length nobody knows is sent in chunks.</summary>
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
