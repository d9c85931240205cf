using System.Text;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>The contract's "Limits": each at its edge and one beyond.</summary>
[OnEachStore]
public sealed class Contract_limits(NoProfile fixture) : Walk(fixture), IClassFixture<NoProfile>
{
    /// <summary>"Bodies over 64 KiB: 413."</summary>
    [Theory]
    [InlineData("/auth/login", "application/json")]
    [InlineData("/register", "application/json")]
    [InlineData("/auth/token", "application/x-www-form-urlencoded")]
    public async Task Bodies_over_64_KiB_are_413(string path, string type)
    {
        using var client = Host.Client();
        (await SendAsync(64 * 1024)).Expect(422, "validation_failed");
        (await SendAsync((64 * 1024) + 1)).Expect(413, "too_large");

        Task<Reply> SendAsync(int length)
        {
            var (head, tail) = type == "application/json" ? ("{\"x\":\"", "\"}") : ("x=", "");
            var body = head + new string('a', length - head.Length - tail.Length) + tail;
            return client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) });
        }
    }

    /// <summary>"Tokens over 8 KiB: <c>token_malformed</c> before any parsing": one that is ours and signed, but for its length.</summary>
    [Fact]
    public async Task Tokens_over_8_KiB_are_malformed()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        var token = Jot.Read(reply.Text("access_token"));
        Assert.InRange(Padded(5600).Length, 7500, 8 * 1024);
        (await ShowAsync(client, Padded(5600), "/own")).Expect(200);
        Assert.True(Padded(6100).Length > 8 * 1024);
        (await ShowAsync(client, Padded(6100), "/own")).Expect(401, "token_malformed");

        string Padded(int characters) => token.Forge(claims => claims["padding"] = new string('a', characters));
    }

    /// <summary>"Passwords 8 to 128 characters, any Unicode (NFC), checked against a list of common ones".</summary>
    [Theory]
    [InlineData("xkvqzwj", 422)]
    [InlineData("xkvqzwjy", 201)]
    [InlineData("password", 422)]
    [InlineData("12345678", 422)]
    public async Task Passwords_have_8_characters_and_are_not_common(string password, int status)
    {
        using var client = Host.Client();
        var reply = (await RegisterAsync(client, password)).Expect(status);
        if (status == 422) Assert.Equal(["password"], Members(reply.Json.GetProperty("errors")));
    }

    /// <summary>128 code points are 128 characters, however many bytes they take.</summary>
    [Fact]
    public async Task Passwords_have_at_most_128_characters()
    {
        using var client = Host.Client();
        (await RegisterAsync(client, string.Concat(Enumerable.Repeat("🔑é", 64)))).Expect(201);
        (await RegisterAsync(client, string.Concat(Enumerable.Repeat("🔑é", 64)) + "x")).Expect(422, "validation_failed");
    }

    /// <summary>"any Unicode (NFC)": composed or not, it is the same password.</summary>
    [Fact]
    public async Task A_password_is_the_same_composed_or_not()
    {
        using var client = Host.Client();
        await client.RegisterAsync("nfc@example.com", "cora\u00e7\u00e3o sereno");
        await client.LoginAsync("nfc@example.com", "corac\u0327a\u0303o sereno");
    }

    /// <summary>"e-mail ≤ 254".</summary>
    [Theory]
    [InlineData(254, 201)]
    [InlineData(255, 422)]
    public async Task An_email_has_at_most_254_characters(int length, int status)
    {
        using var client = Host.Client();
        const string domain = "@example.com";
        var reply = (await client.PostAsync("/register", new { email = new string('e', length - domain.Length) + domain, password = Person.Password })).Expect(status);
        if (status == 422) Assert.Equal(["email"], Members(reply.Json.GetProperty("errors")));
    }

    private static int _registered;

    private static Task<Reply> RegisterAsync(TestClient client, string password) =>
        client.PostAsync("/register", new { email = $"limit.{Interlocked.Increment(ref _registered)}@example.org", password });
}
